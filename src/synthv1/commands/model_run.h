// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/endpoint_run.h"
#include "synthv1/commands/generate.h"
#include "synthv1/commands/ordered_output.h"
#include "synthv1/commands/task_group.h"
#include "synthv1/model/journal.h"
#include "synthv1/session/model_writer.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace synthv1 {

/// What a run works with; all of it outlives the run.
struct ModelRunParts {
  const GenerateOptions& options;
  const Catalogue& catalogue;
  ChatModel& model;
  ChatModel& kept_model;  ///< the same for what is read again, which nobody needs to hear of
  EndpointRun& endpoint;
  RunState& state;  ///< the endpoint's
  OrderedOutput& output;
  Progress& progress;
  Journal* journal = nullptr;   ///< where the model keeps replies; none: records wait in memory only
  std::vector<bool> settled{};  ///< by record: the journal has all of it
};

/// One run of a model over all records. Sessions of the records that are open wait for replies side by side;
/// a record that is whole goes to the output, in order. One that has to wait long for an earlier one, or was
/// whole before this start, is read again from the journal when its turn comes. One thread.
class ModelRun {
 public:
  ModelRun(ModelRunParts parts, asio::any_io_executor executor);

  /// Writes every record; returns when no call is left, whether all is well or not.
  asio::awaitable<void> run();
  /// No new calls and no new records; what is whole is written. After the options' drain_timeout as cancel().
  /// RunState::drain() leads here.
  void drain();
  /// Cancels the calls in flight, and writes nothing more that is not in memory. May be called from within a
  /// call.
  void cancel();

  /// Why the first record that could not be made could not.
  const std::optional<Error>& first_failure() const { return failure_; }

 private:
  struct OpenRecord;

  asio::awaitable<void> open_records();
  asio::awaitable<void> read_settled();
  asio::awaitable<void> write_record(std::uint32_t index);
  asio::awaitable<std::optional<Record>> make_record(OpenRecord& open);
  asio::awaitable<void> write_session(OpenRecord& open, std::size_t i);
  asio::awaitable<void> reword(Record& record, OpenRecord& open);
  void start(OpenRecord& open, asio::awaitable<void> task);
  void take(const OpenRecord& open, const Record& record);
  bool has_room(std::uint32_t index) const;

  ModelRunParts parts_;
  asio::any_io_executor executor_;
  RunState reading_;  ///< of records that are read again: a drain does not end them
  ModelWriter writer_, reader_;
  TaskGroup records_;  ///< a task a record
  TaskGroup calls_;    ///< a task a session or rewording
  Wakeup changed_;
  std::vector<bool> settled_;
  std::vector<bool> taken_;  ///< by the output
  std::uint32_t open_ = 0;
  bool all_opened_ = false;
  bool stopped_ = false;    ///< nothing new begins
  bool cancelled_ = false;  ///< nor goes on
  std::optional<Error> failure_;
};

}  // namespace synthv1
