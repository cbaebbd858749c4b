// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/notes_agents.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

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
    std::string own;
    for (std::uint32_t chunk = 0; reading_ == Reading::aware && chunk <= question.position; ++chunk) {
      const Result<void> done = co_await rewrite(own, chunk, &question);
      if (!done) co_return failed_answer(done.error());
    }
    const std::string& notes = reading_ == Reading::aware ? own : notes_;
    co_return co_await ask_once(asking_, answer_request(asking_, record_, index, notes));
  }

 private:
  asio::awaitable<Result<void>> rewrite(std::string& notes, std::uint32_t chunk,
                                        const EvalQuestion* question) {
    AgentAnswer answer = co_await ask_once(asking_, request_for(notes, chunk, question));
    if (answer.status != AnswerStatus::ok) co_return no_notes(answer, chunk);
    notes = std::move(answer.raw);
    co_return Result<void>();
  }

  ChatRequest request_for(const std::string& notes, std::uint32_t chunk, const EvalQuestion* question) const {
    const auto prompt = [this](std::string_view name) -> const std::string& {
      return prompt_for(asking_, record_, name);
    };
    std::string message = prompt("notes_before") + "\n\n";
    message += notes.empty() ? prompt("notes_none") : notes;
    message += "\n\n" + prompt("notes_chunk") + "\n\n" + record_.chunks[chunk];
    message += "\n\n" + prompt(question == nullptr ? "notes_write" : "notes_write_aware");
    message += task_block("notes", record_, [&](json::Writer& writer) {
      writer.key("chunk").integer(chunk);
      if (question != nullptr) writer.key("question").string(question->query);
    });
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
  std::string notes_;
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
