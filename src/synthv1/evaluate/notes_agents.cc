// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/notes_agents.h"

#include "synthv1/base/json_write.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

/// Notes in the making.
struct Notes {
  std::string text;
  std::uint32_t rewrites = 0;  ///< so far
};

std::unexpected<Error> no_notes(const AgentAnswer& answer, std::uint32_t chunk) {
  const ErrorKind kind = answer.stopped ? ErrorKind::stopped : ErrorKind::endpoint;
  const std::string why = answer.status == AnswerStatus::error
                              ? answer.fault
                              : "the reply was " + std::string(name_of(answer.status));
  return fail(kind, fmt::format("no notes after chunk {}: {}", chunk, why));
}

class NotesMemory final : public Memory {
 public:
  NotesMemory(const ModelAsking& asking, Reading reading, const EvalRecord& record)
      : asking_(asking), reading_(reading), record_(record) {}

  asio::awaitable<Result<void>> add(std::uint32_t index) override {
    if (reading_ == Reading::aware) co_return Result<void>();
    co_return co_await rewrite(notes_, index, nullptr);
  }

  asio::awaitable<AgentAnswer> ask(std::uint32_t index) override {
    const EvalQuestion& question = record_.questions[index];
    Notes own;
    for (std::uint32_t chunk = 0; reading_ == Reading::aware && chunk <= question.position; ++chunk) {
      const Result<void> done = co_await rewrite(own, chunk, &question);
      if (done) continue;
      AgentAnswer answer{
          .status = AnswerStatus::error, .raw = {}, .fault = done.error().message, .usage = {}};
      answer.stopped = done.error().kind == ErrorKind::stopped;
      co_return answer;
    }
    const std::string& notes = reading_ == Reading::aware ? own.text : notes_.text;
    co_return co_await ask_once(asking_, answer_request(asking_, record_, index, notes));
  }

 private:
  asio::awaitable<Result<void>> rewrite(Notes& notes, std::uint32_t chunk, const EvalQuestion* question) {
    AgentAnswer answer = co_await ask_once(asking_, request_for(notes, chunk, question));
    if (answer.status != AnswerStatus::ok) co_return no_notes(answer, chunk);
    notes.text = std::move(answer.raw);
    ++notes.rewrites;
    co_return Result<void>();
  }

  ChatRequest request_for(const Notes& notes, std::uint32_t chunk, const EvalQuestion* question) const {
    const auto prompt = [&](std::string_view name) -> const std::string& {
      return asking_.catalogue.prompt(name, record_.language);
    };
    std::string message = prompt("notes_before") + "\n\n";
    message += notes.text.empty() ? prompt("notes_none") : notes.text;
    message += "\n\n" + prompt("notes_chunk") + "\n\n" + record_.chunks[chunk];
    message += "\n\n" + prompt(question == nullptr ? "notes_write" : "notes_write_aware") + "\n\n```json\n";
    json::Writer writer(message);
    writer.begin_object().key("task").string("notes");
    writer.key("language").string(kLanguageNames[static_cast<std::size_t>(record_.language)]);
    writer.key("chunk").integer(chunk);
    if (question != nullptr) writer.key("question").string(question->query);
    writer.end_object();
    message += "\n```";
    return {.messages = {{"system", prompt("notes_system")}, {"user", std::move(message)}},
            .schema_name = {},
            .schema = {},
            .max_tokens = asking_.max_note_tokens,
            .purpose = "notes",
            .record = record_.index,
            .index = chunk};
  }

  const ModelAsking& asking_;
  Reading reading_;
  const EvalRecord& record_;
  Notes notes_;
};

class NotesAgent final : public Agent {
 public:
  NotesAgent(const ModelAsking& asking, Reading reading) : asking_(asking), reading_(reading) {}

  asio::awaitable<Result<std::unique_ptr<Memory>>> begin(const EvalRecord& record) override {
    co_return std::make_unique<NotesMemory>(asking_, reading_, record);
  }

 private:
  ModelAsking asking_;
  Reading reading_;
};

}  // namespace

std::unique_ptr<Agent> make_notes_agent(const ModelAsking& asking, Reading reading) {
  return std::make_unique<NotesAgent>(asking, reading);
}

}  // namespace synthv1
