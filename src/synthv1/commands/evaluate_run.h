// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/endpoint_run.h"
#include "synthv1/commands/results_file.h"
#include "synthv1/commands/task_group.h"
#include "synthv1/evaluate/agent.h"

#include <cstdint>
#include <optional>
#include <string>

namespace synthv1 {

/// What an evaluation works with; all of it outlives it.
struct EvaluateRunParts {
  std::string run;  ///< of the rows
  const EvalData& data;
  Agent& agent;
  ResultsFile& results;
  EndpointRun& endpoint;
  Progress& progress;
};

/// One run of an agent over all data. Records are read side by side, each chunk once; the questions of a
/// position are asked side by side, before the next chunk is read. One thread.
class EvaluateRun {
 public:
  explicit EvaluateRun(EvaluateRunParts parts);

  /// Asks all that has no row; returns when nothing is under way, whether all is well or not.
  asio::awaitable<void> run();
  /// Breaks off what is under way. May be called from within a call.
  void cancel();

  /// What kept a row out of the file.
  const std::optional<Error>& failure() const { return failure_; }

 private:
  struct OpenRecord;

  asio::awaitable<void> evaluate_record(const EvalRecord& record);
  asio::awaitable<void> read_and_ask(OpenRecord& open);
  asio::awaitable<bool> read_up_to(OpenRecord& open, std::uint32_t position);
  asio::awaitable<void> ask(OpenRecord& open, std::uint32_t question);
  void fail_rest(OpenRecord& open, const Error& error);
  void take(const EvalRecord& record, std::uint32_t question, const AgentAnswer& answer);
  std::vector<std::uint32_t> due_questions(const EvalRecord& record) const;
  bool has_room() const;

  EvaluateRunParts parts_;
  asio::any_io_executor executor_;
  TaskGroup records_, asks_;
  Wakeup changed_;
  std::uint32_t open_ = 0;     ///< records under way
  std::uint32_t pending_ = 0;  ///< questions asked and not answered
  bool stopped_ = false;       ///< nothing new begins
  std::optional<Error> failure_;
};

}  // namespace synthv1
