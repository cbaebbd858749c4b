// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/extract_agent.h"

#include "synthv1/base/json_repair.h"
#include "synthv1/ledger/ledger.h"
#include "synthv1/model/ask.h"
#include "synthv1/question/answer.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::uint32_t kRetries = 2;  ///< of a reply that is no list of transactions

std::optional<Money> read_amount(const json::Value* value) {
  if (value == nullptr) return std::nullopt;
  const auto number = value->as_number();
  const auto text = value->as_string();
  const Result<Money> money = number ? Money::parse_json_number(*number) : Money::parse(text.value_or(""));
  return money ? std::optional(*money) : std::nullopt;
}

std::string_view text_of(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value == nullptr ? std::string_view() : value->as_string().value_or("");
}

class ExtractMemory final : public Memory {
 public:
  ExtractMemory(const ModelAsking& asking, const EvalRecord& record) : asking_(asking), record_(record) {}

  asio::awaitable<Result<void>> add(std::uint32_t index) override {
    std::vector<Transaction> found;
    AskTask task{.max_retries = kRetries,
                 .make_request = [this, index](const Refusals&) { return request_for(index); },
                 .check_reply = [&](const ChatReply& reply) { return read(reply.content, index, found); },
                 .will_do = {}};
    const AskOutcome outcome = co_await synthv1::ask(asking_.model, asking_.state, std::move(task));
    if (outcome.end != AskEnd::accepted) {
      co_return fail(outcome.end == AskEnd::stopped ? ErrorKind::stopped : ErrorKind::endpoint,
                     fmt::format("no transactions of chunk {}: {}", index, outcome.message));
    }
    ledger_.insert(ledger_.end(), found.begin(), found.end());
    co_return Result<void>();
  }

  asio::awaitable<AgentAnswer> ask(std::uint32_t index) override {
    const EvalQuestion& question = record_.questions[index];
    if (!question.spec)
      co_return failed_answer(
          {ErrorKind::usage, "the data does not say what the question computes: it has no spec"});
    if (!Ledger::fits(ledger_))
      co_return failed_answer({ErrorKind::usage, "the amounts found are too large to add up"});
    const Ledger ledger(ledger_, *record_.catalogue);
    AgentAnswer given;
    if (const auto computed = answer(ledger, *question.spec))
      given.raw = format_answer(*computed, *record_.catalogue);
    if (given.raw.empty()) given.status = AnswerStatus::empty;
    co_return given;
  }

 private:
  /// Fills `found`, or says what is wrong. A pair that the catalogue does not know is left out: no question
  /// asks for it.
  std::optional<std::string> read(std::string_view content, std::uint32_t index,
                                  std::vector<Transaction>& found) const {
    found.clear();
    const auto repaired = json::repair(content);
    const json::Value* list = repaired ? repaired->value.find("transactions") : nullptr;
    if (list == nullptr || list->as_array() == nullptr) return "it has no list of transactions";
    const auto date = date_of_chunk(record_.chunks[index]);
    for (const json::Value& entry : *list->as_array()) {
      const auto amount = read_amount(entry.find("amount"));
      if (!amount) return "a transaction has no amount";
      const auto stated = Date::parse(text_of(entry, "date"));
      if (!stated && !date) return "a transaction has no date";
      const auto pair = record_.catalogue->fold_pair(text_of(entry, "scene"), text_of(entry, "subscene"));
      if (!pair) continue;
      found.push_back({.date = stated ? *stated : *date,
                       .pair = *pair,
                       .amount = *amount,
                       .description = std::string(text_of(entry, "description")),
                       .session_index = index});
    }
    return std::nullopt;
  }

  ChatRequest request_for(std::uint32_t index) const {
    const auto prompt = [this](std::string_view name) -> const std::string& {
      return prompt_for(asking_, record_, name);
    };
    std::string message = prompt("extract_scenes");
    for (const Pair& pair : record_.catalogue->pairs)
      message += fmt::format("\n- {} / {}", record_.catalogue->scene(pair.scene).name, pair.name);
    message += "\n\n" + prompt("extract_chunk") + "\n\n" + record_.chunks[index];
    message +=
        task_block("extract", record_, [&](json::Writer& writer) { writer.key("chunk").integer(index); });
    return {.messages = {{"system", prompt("extract_system")}, {"user", std::move(message)}},
            .schema_name = {},
            .schema = {},
            .max_tokens = asking_.max_note_tokens,
            .purpose = "extract",
            .record = record_.index,
            .index = index};
  }

  const ModelAsking& asking_;
  const EvalRecord& record_;
  std::vector<Transaction> ledger_;
};

class ExtractAgent final : public Agent {
 public:
  explicit ExtractAgent(const ModelAsking& asking) : asking_(asking) {}

  asio::awaitable<Result<std::unique_ptr<Memory>>> begin(const EvalRecord& record) override {
    co_return std::make_unique<ExtractMemory>(asking_, record);
  }

 private:
  ModelAsking asking_;
};

}  // namespace

std::unique_ptr<Agent> make_extract_agent(const ModelAsking& asking) {
  return std::make_unique<ExtractAgent>(asking);
}

}  // namespace synthv1
