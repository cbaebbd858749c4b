// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/model_asking.h"

#include "synthv1/model/ask.h"
#include "synthv1/model/token_estimate.h"

#include <algorithm>

#include <fmt/format.h>

namespace synthv1 {

namespace {

AnswerStatus status_of(RefusalKind kind) {
  switch (kind) {
    case RefusalKind::empty:
    case RefusalKind::thoughts:
    case RefusalKind::whitespace:
      return AnswerStatus::empty;
    case RefusalKind::declined:
      return AnswerStatus::refused;
    case RefusalKind::cut_off:
    case RefusalKind::repetition:
    case RefusalKind::unfinished:
      return AnswerStatus::truncated;
    default:
      return AnswerStatus::ok;
  }
}

AgentAnswer answer_of(AskOutcome outcome) {
  AgentAnswer answer{.stopped = outcome.end == AskEnd::stopped};
  if (outcome.end == AskEnd::stopped || outcome.end == AskEnd::failed) {
    answer.status = AnswerStatus::error;
    answer.fault = std::move(outcome.message);
    return answer;
  }
  if (outcome.end == AskEnd::refused) answer.status = status_of(outcome.refusals.last);
  answer.raw = std::move(outcome.reply->content);
  answer.usage = outcome.reply->usage;
  answer.latency = outcome.reply->latency;
  return answer;
}

}  // namespace

std::string task_block(std::string_view task, const EvalRecord& record,
                       const std::function<void(json::Writer&)>& write_rest) {
  std::string text = "\n\n```json\n";
  json::Writer writer(text);
  writer.begin_object().key("task").string(task);
  writer.key("language").string(kLanguageNames[static_cast<std::size_t>(record.language)]);
  write_rest(writer);
  writer.end_object();
  return text + "\n```";
}

const std::string& prompt_for(const ModelAsking& asking, const EvalRecord& record, std::string_view name) {
  return asking.catalogue.prompt(name, record.language);
}

asio::awaitable<AgentAnswer> ask_once(const ModelAsking& asking, ChatRequest request) {
  AskTask task{.max_retries = 0,
               .make_request = [request = std::move(request)](const Refusals&) { return request; },
               .check_reply = [](const ChatReply&) { return std::optional<std::string>(); },
               .will_do = [] { return true; }};
  AskOutcome outcome = co_await ask(asking.model, asking.state, std::move(task));
  co_return answer_of(std::move(outcome));
}

ChatRequest answer_request(const ModelAsking& asking, const EvalRecord& record, std::uint32_t index,
                           std::shared_ptr<const SharedText> shown) {
  const EvalQuestion& question = record.questions[index];
  const auto prompt = [&](std::string_view name) -> const std::string& {
    return prompt_for(asking, record, name);
  };
  std::string message = shown ? "\n\n" + prompt("answer_shown") : prompt("answer_nothing_shown");
  message += "\n\n" + prompt(fmt::format("answer_{}", name_of(question.due.form)));
  message += task_block("answer", record, [&](json::Writer& writer) {
    writer.key("form").string(name_of(question.due.form)).key("question").string(question.query);
  });
  return {.messages = {{"system", prompt("answer_system")},
                       {.role = "user", .content = std::move(message), .before = std::move(shown)}},
          .schema_name = {},
          .schema = {},
          .max_tokens = asking.max_tokens,
          .purpose = "answer",
          .record = record.index,
          .index = index};
}

ChatRequest answer_request(const ModelAsking& asking, const EvalRecord& record, std::uint32_t index,
                           std::string_view shown) {
  return answer_request(asking, record, index,
                        shown.empty() ? nullptr : std::make_shared<const SharedText>(shown));
}

FittingChunks fitting_chunks(const ModelAsking& asking, const EvalRecord& record, std::uint32_t question,
                             std::span<const std::uint32_t> numbers) {
  if (asking.context_tokens == 0) return {.numbers = numbers};
  const double most = static_cast<double>(asking.context_tokens) - asking.max_tokens;
  double used = estimate_tokens(answer_request(asking, record, question, " "));
  std::size_t first = numbers.size();
  for (; first > 0; --first) {
    used += estimate_tokens(record.chunks[numbers[first - 1]]) + 1;
    if (used > most) break;
  }
  return {.numbers = numbers.subspan(first), .left_out = static_cast<std::uint32_t>(first)};
}

std::shared_ptr<const SharedText> joined_chunks(const EvalRecord& record,
                                                std::span<const std::uint32_t> numbers) {
  if (numbers.empty()) return nullptr;
  std::string text;
  for (const std::uint32_t number : numbers) {
    if (!text.empty()) text += "\n\n";
    text += record.chunks[number];
  }
  return std::make_shared<const SharedText>(text);
}

}  // namespace synthv1
