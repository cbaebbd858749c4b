// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/stored_agents.h"

#include <functional>

namespace synthv1 {

namespace {

using Answering = std::function<std::string(const EvalQuestion&)>;

class StoredMemory final : public Memory {
 public:
  StoredMemory(const EvalRecord& record, const Answering& answering)
      : record_(record), answering_(answering) {}

  asio::awaitable<Result<void>> add(std::uint32_t) override { co_return Result<void>(); }
  asio::awaitable<AgentAnswer> ask(std::uint32_t index) override {
    co_return AgentAnswer{.raw = answering_(record_.questions[index])};
  }

 private:
  const EvalRecord& record_;
  const Answering& answering_;
};

class StoredAgent final : public Agent {
 public:
  explicit StoredAgent(Answering answering) : answering_(std::move(answering)) {}

  asio::awaitable<Result<std::unique_ptr<Memory>>> begin(const EvalRecord& record) override {
    co_return std::make_unique<StoredMemory>(record, answering_);
  }

 private:
  Answering answering_;
};

}  // namespace

std::unique_ptr<Agent> make_key_agent() {
  return std::make_unique<StoredAgent>([](const EvalQuestion& question) { return question.due.text; });
}

std::unique_ptr<Agent> make_zero_agent() {
  return std::make_unique<StoredAgent>([](const EvalQuestion&) { return "0.00"; });
}

}  // namespace synthv1
