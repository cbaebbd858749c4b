// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/prompt_agents.h"

#include "synthv1/evaluate/bm25.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace synthv1 {

namespace {

class PromptMemory final : public Memory {
 public:
  PromptMemory(const ModelAsking& asking, Showing showing, std::uint32_t most, const EvalRecord& record)
      : asking_(asking), showing_(showing), most_(most), record_(record) {
    if (showing == Showing::bm25) index_.emplace(record.chunks);
  }

  asio::awaitable<Result<void>> add(std::uint32_t) override { co_return Result<void>(); }

  asio::awaitable<AgentAnswer> ask(std::uint32_t index) override {
    const EvalQuestion& question = record_.questions[index];
    if (showing_ == Showing::evidence && !question.evidence) {
      co_return failed_answer({ErrorKind::usage, "the data does not say which sessions the answer rests on"});
    }
    const std::vector<std::uint32_t> wanted = chunks_for(question);
    const FittingChunks fitting = fitting_chunks(asking_, record_, index, wanted);
    AgentAnswer answer =
        co_await ask_once(asking_, answer_request(asking_, record_, index, text_of(fitting.numbers)));
    answer.chunks_left_out = fitting.left_out;
    if (showing_ != Showing::full) answer.retrieved.emplace(fitting.numbers.begin(), fitting.numbers.end());
    co_return answer;
  }

 private:
  /// Questions of one position mostly show the same: it is made once.
  std::shared_ptr<const SharedText> text_of(std::span<const std::uint32_t> numbers) {
    if (text_ == nullptr || !std::ranges::equal(numbers, shown_)) {
      shown_.assign(numbers.begin(), numbers.end());
      text_ = joined_chunks(record_, numbers);
    }
    return text_;
  }

  std::vector<std::uint32_t> chunks_for(const EvalQuestion& question) const {
    const std::uint32_t among = question.position + 1;
    switch (showing_) {
      case Showing::none:
        return {};
      case Showing::evidence:
        return *question.evidence;
      case Showing::bm25:
        return index_->best(question.query, most_, among);
      case Showing::full:
      case Showing::recent:
        break;
    }
    std::vector<std::uint32_t> numbers(showing_ == Showing::full ? among : std::min(most_, among));
    std::iota(numbers.begin(), numbers.end(), among - static_cast<std::uint32_t>(numbers.size()));
    return numbers;
  }

  const ModelAsking& asking_;
  Showing showing_;
  std::uint32_t most_;
  const EvalRecord& record_;
  std::optional<Bm25> index_;
  std::vector<std::uint32_t> shown_;        ///< what `text_` is made of
  std::shared_ptr<const SharedText> text_;  ///< of the latest question
};

class PromptAgent final : public Agent {
 public:
  PromptAgent(const ModelAsking& asking, Showing showing, std::uint32_t most)
      : asking_(asking), showing_(showing), most_(most) {}

  asio::awaitable<Result<std::unique_ptr<Memory>>> begin(const EvalRecord& record) override {
    co_return std::make_unique<PromptMemory>(asking_, showing_, most_, record);
  }

 private:
  ModelAsking asking_;
  Showing showing_;
  std::uint32_t most_;
};

}  // namespace

std::unique_ptr<Agent> make_prompt_agent(const ModelAsking& asking, Showing showing, std::uint32_t most) {
  return std::make_unique<PromptAgent>(asking, showing, most);
}

}  // namespace synthv1
