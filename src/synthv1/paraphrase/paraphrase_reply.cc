// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/paraphrase_reply.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_repair.h"
#include "synthv1/base/text.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::size_t kFaultsKept = 10;

Result<json::Value> parse(std::string_view text) {
  auto strict = json::parse(text);
  if (strict) return std::move(*strict);
  auto repaired = json::repair(text);
  if (!repaired) return std::unexpected(std::move(repaired.error()));
  return std::move(repaired->value);
}

/// An id as models write it: 7 or "7".
std::optional<std::int64_t> id_of(const json::Value* value) {
  if (value == nullptr) return std::nullopt;
  if (const auto number = value->as_int64()) return number;
  const auto text = value->as_string();
  std::int64_t id = 0;
  if (!text || text->empty()) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), id);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return id;
}

class ReplyReader {
 public:
  explicit ReplyReader(std::span<const std::uint32_t> asked) : asked_(asked) {}

  ParaphraseReply read(std::string_view text) {
    const auto value = parse(text);
    const json::Value* list = value ? value->find("questions") : nullptr;
    if (value && value->is_array()) list = &*value;
    if (!value) {
      add("no JSON object with \"questions\": " + value.error().message);
    } else if (list == nullptr || !list->is_array()) {
      add("no JSON object with a list \"questions\"");
    } else {
      for (const json::Value& entry : *list->as_array()) read_entry(entry);
    }
    for (const std::uint32_t id : repeated_) reply_.rewrites.erase(id);
    for (const std::uint32_t id : asked_) {
      if (!reply_.rewrites.contains(id)) reply_.missing.push_back(id);
    }
    return std::move(reply_);
  }

 private:
  void add(std::string fault) {
    if (reply_.faults.size() < kFaultsKept) reply_.faults.push_back(std::move(fault));
  }

  void read_entry(const json::Value& entry) {
    const auto id = id_of(entry.find("id"));
    const json::Value* question = entry.find("question");
    const auto text = question != nullptr ? question->as_string() : std::nullopt;
    if (!id) return add("an entry has no whole number \"id\"");
    const auto known = std::find(asked_.begin(), asked_.end(), *id);
    if (known == asked_.end()) return add(fmt::format("the id {} was not asked for", *id));
    if (!text) return add(fmt::format("id {} has no text \"question\"", *id));
    if (reply_.rewrites.try_emplace(*known, trim(*text)).second) return;
    if (repeated_.insert(*known).second) add(fmt::format("the id {} came more than once", *id));
  }

  std::span<const std::uint32_t> asked_;
  std::set<std::uint32_t> repeated_;
  ParaphraseReply reply_;
};

}  // namespace

ParaphraseReply read_paraphrase_reply(std::string_view text, std::span<const std::uint32_t> asked) {
  return ReplyReader(asked).read(text);
}

}  // namespace synthv1
