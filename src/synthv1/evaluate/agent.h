// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/eval_record.h"
#include "synthv1/evaluate/score.h"
#include "synthv1/model/chat_model.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace synthv1 {

/// What an agent gave for a question.
struct AgentAnswer {
  AnswerStatus status = AnswerStatus::ok;
  std::string raw{};    ///< as it came; of an error nothing
  std::string fault{};  ///< one line, of an error
  Usage usage{};        ///< of this question alone
  std::chrono::milliseconds latency{0};
  /// The chunks that the answer was made from, by their index; nothing where the agent does not choose some.
  std::optional<std::vector<std::uint32_t>> retrieved{};
  std::uint32_t chunks_left_out = 0;  ///< that were to be shown and did not fit the context
  bool stopped = false;  ///< nothing came, because the run ends: the question is still to be asked
};

/// That of an agent that could give none.
inline AgentAnswer failed_answer(Error error) {
  return {.status = AnswerStatus::error,
          .fault = std::move(error.message),
          .stopped = error.kind == ErrorKind::stopped};
}

/// What an agent keeps of one record. Chunks are added in order, each once; questions are asked between them.
/// One thread.
class Memory {
 public:
  virtual ~Memory() = default;
  /// Reads chunk `index`. The error is that of all later questions of the record.
  virtual asio::awaitable<Result<void>> add(std::uint32_t index) = 0;
  /// Answers question `index` of the record, of which the chunks up to its position were added. Several may
  /// be asked side by side.
  virtual asio::awaitable<AgentAnswer> ask(std::uint32_t index) = 0;
};

/// A memory system under evaluation.
class Agent {
 public:
  virtual ~Agent() = default;
  /// An empty memory; `record` must outlive it.
  virtual asio::awaitable<Result<std::unique_ptr<Memory>>> begin(const EvalRecord& record) = 0;
};

}  // namespace synthv1
