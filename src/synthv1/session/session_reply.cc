// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/session_reply.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_repair.h"
#include "synthv1/base/text.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace synthv1 {

namespace {

using json::Value;

/// A reply that is faulty all over need not be listed in full.
constexpr std::size_t kMostFaults = 20;

/// May a line break begin with this byte? Most bytes are text, and told apart by this alone.
bool may_break(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f || byte == 0xc2 || byte == 0xe2;
}

/// How many bytes at the front of `text` are a line break, a control character or a Unicode separator of
/// lines; 0 where it begins with other text.
std::size_t break_size(std::string_view text) {
  if (text.starts_with("\xC2\x85")) return 2;
  if (text.starts_with("\xE2\x80\xA8") || text.starts_with("\xE2\x80\xA9")) return 3;
  const auto byte = static_cast<unsigned char>(text.front());
  return byte < 0x20 || byte == 0x7f ? 1 : 0;
}

/// `text` on one line: each run of line breaks and control characters is a space, none at the ends.
std::string on_one_line(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  while (!text.empty()) {
    const std::size_t plain = static_cast<std::size_t>(std::ranges::find_if(text, may_break) - text.begin());
    line.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    const std::size_t size = break_size(text);
    if (size == 0) {
      line += text.front();
      text.remove_prefix(1);
      continue;
    }
    if (!line.ends_with(' ')) line += ' ';
    text.remove_prefix(size);
  }
  if (is_space(line.empty() ? 'x' : line.front()) || line.ends_with(' ')) return std::string(trim(line));
  return line;
}

class ReplyReader {
 public:
  ReplyReader(const SessionPlan& plan, const Catalogue& catalogue) : plan_(plan), catalogue_(catalogue) {}

  SessionReply read(std::string_view text, std::string_view finish_reason) {
    const auto value = parse(text, finish_reason);
    if (value) {
      read_dialogue(value->find("dialogue"));
      read_transactions(value->find("transactions"));
    }
    if (!faults_.empty()) return {.session = {}, .faults = std::move(faults_)};
    return checked();
  }

 private:
  void add(SessionFaultKind kind, std::string where, std::string what) {
    if (faults_.size() < kMostFaults) faults_.push_back({kind, std::move(where), std::move(what)});
  }
  void bad_field(std::string where, std::string what) {
    add(SessionFaultKind::bad_field, std::move(where), std::move(what));
  }

  std::optional<Value> parse(std::string_view text, std::string_view finish_reason) {
    auto strict = json::parse(text);
    if (strict && strict->is_object()) return std::move(*strict);
    auto repaired = json::repair(text);
    if (!repaired) {
      add(SessionFaultKind::no_json, "", repaired.error().message);
      return std::nullopt;
    }
    if (repaired->lossy() && !accept_loss(*repaired, finish_reason)) return std::nullopt;
    // A list that holds the one object asked for.
    Value::Array* list = repaired->value.as_array();
    Value value =
        list != nullptr && list->size() == 1 ? std::move(list->front()) : std::move(repaired->value);
    if (value.is_object()) return value;
    add(SessionFaultKind::no_json, "", "the reply is " + std::string(json::name_of(value.kind())));
    return std::nullopt;
  }

  bool accept_loss(const json::RepairOutcome& outcome, std::string_view finish_reason) {
    const auto lossy =
        std::find_if(outcome.repairs.begin(), outcome.repairs.end(), [](auto& r) { return r.lossy; });
    std::string name(lossy->name);
    if (finish_reason == "stop") {
      session_.imperfections.push_back("lossy_repair: " + name);
      return true;
    }
    add(SessionFaultKind::no_json, "", name);
    return false;
  }

  void read_dialogue(const Value* dialogue) {
    const Value::Array* turns = dialogue == nullptr ? nullptr : dialogue->as_array();
    if (turns == nullptr || turns->empty()) return bad_field("dialogue", "is missing or no list of turns");
    session_.turns.reserve(turns->size());
    for (std::size_t i = 0; i < turns->size(); ++i) read_turn((*turns)[i], i);
  }

  void read_turn(const Value& turn, std::size_t index) {
    const auto role = role_of(turn, index);
    auto content = text_of(turn, "content", "dialogue", index);
    if (role && content) session_.turns.push_back({*role, std::move(*content)});
  }

  std::optional<Role> role_of(const Value& turn, std::size_t index) {
    const auto role = text_of(turn, "role", "dialogue", index);
    if (!role) return std::nullopt;
    if (equal_ignoring_case(*role, "user")) return Role::user;
    if (equal_ignoring_case(*role, "assistant")) return Role::assistant;
    add(SessionFaultKind::bad_role, fmt::format("turn {}", index), *role);
    return std::nullopt;
  }

  /// The text of a member, on one line; a fault where it is missing, empty or no text.
  std::optional<std::string> text_of(const Value& object, std::string_view key, std::string_view list,
                                     std::size_t index) {
    const Value* value = object.find(key);
    const auto text = value == nullptr ? std::nullopt : value->as_string();
    std::string line = text ? on_one_line(*text) : std::string();
    if (!line.empty()) return line;
    const std::string_view fault = value == nullptr ? "is missing" : text ? "is empty" : "is not text";
    bad_field(fmt::format("{}[{}].{}", list, index, key), std::string(fault));
    return std::nullopt;
  }

  void read_transactions(const Value* transactions) {
    const Value::Array* list = transactions == nullptr ? nullptr : transactions->as_array();
    if (list == nullptr) return bad_field("transactions", "is missing or no list");
    if (list->empty()) return add(SessionFaultKind::no_transaction, "", "");
    session_.transactions.reserve(list->size());
    for (std::size_t i = 0; i < list->size(); ++i) read_transaction((*list)[i], i);
  }

  void read_transaction(const Value& value, std::size_t index) {
    const auto pair = pair_of(value, index);
    const auto amount = amount_of(value, index);
    auto description = text_of(value, "description", "transactions", index);
    if (!pair || !amount || !description) return;
    session_.transactions.push_back({.date = plan_.date,
                                     .pair = *pair,
                                     .amount = *amount,
                                     .description = std::move(*description),
                                     .session_index = plan_.index});
  }

  std::optional<PairId> pair_of(const Value& value, std::size_t index) {
    const auto scene = text_of(value, "scene", "transactions", index);
    const auto subscene = text_of(value, "subscene", "transactions", index);
    if (!scene || !subscene) return std::nullopt;
    const auto pair = catalogue_.fold_pair(*scene, *subscene);
    if (!pair) {
      add(SessionFaultKind::unknown_pair, fmt::format("transactions[{}]", index),
          fmt::format("{}/{}", *scene, *subscene));
    }
    return pair;
  }

  std::optional<Money> amount_of(const Value& value, std::size_t index) {
    const Value* amount = value.find("amount");
    const std::string where = fmt::format("transactions[{}]", index);
    if (amount == nullptr) {
      bad_field(where + ".amount", "is missing");
      return std::nullopt;
    }
    const auto number = amount->as_number();
    const auto text = amount->as_string();
    if (!number && !text) {
      add(SessionFaultKind::bad_amount, where, std::string(json::name_of(amount->kind())));
      return std::nullopt;
    }
    const auto money = number ? Money::parse_json_number(*number) : Money::parse(trim(*text));
    if (money && *money > Money{}) return *money;
    add(SessionFaultKind::bad_amount, where, std::string(number ? *number : *text));
    return std::nullopt;
  }

  SessionReply checked() {
    std::vector<SessionFault> faults = check_session(plan_, session_, catalogue_);
    const auto hard = [](const SessionFault& fault) { return !fault.soft(); };
    if (std::any_of(faults.begin(), faults.end(), hard)) return {.session = {}, .faults = std::move(faults)};
    if (sort_by_turn()) faults = check_session(plan_, session_, catalogue_);
    return {.session = std::move(session_), .faults = std::move(faults)};
  }

  /// Puts the transactions in the order told; false where they are. (std::stable_sort does not pass Clang 19
  /// with the library of GCC 12, which uses a deprecated function of its own.)
  bool sort_by_turn() {
    auto& list = session_.transactions;
    if (std::ranges::is_sorted(list, {}, &Transaction::turn)) return false;
    std::vector<std::pair<std::uint32_t, std::size_t>> order;
    for (std::size_t i = 0; i < list.size(); ++i) order.emplace_back(list[i].turn, i);
    std::ranges::sort(order);
    std::vector<Transaction> sorted;
    for (const auto& [turn, index] : order) sorted.push_back(std::move(list[index]));
    list = std::move(sorted);
    return true;
  }

  const SessionPlan& plan_;
  const Catalogue& catalogue_;
  Session session_;
  std::vector<SessionFault> faults_;
};

}  // namespace

SessionReply read_session_reply(std::string_view text, std::string_view finish_reason,
                                const SessionPlan& plan, const Catalogue& catalogue) {
  return ReplyReader(plan, catalogue).read(text, finish_reason);
}

}  // namespace synthv1
