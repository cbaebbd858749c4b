// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/run_status.h"
#include "synthv1/dataset/record.h"
#include "synthv1/model/call_log.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace synthv1 {

/// What a run is and has to do, as far as it is known when it begins.
struct RunOutline {
  std::uint64_t records = 0;
  std::uint64_t sessions = 0;     ///< over all records
  std::uint64_t paraphrases = 0;  ///< batches, over all records; 0 when nothing is reworded by a model
  std::uint64_t sessions_kept = 0, paraphrases_kept = 0;  ///< of them, done by earlier starts
  std::uint64_t questions = 0, questions_kept = 0;        ///< of an evaluation, and done by earlier starts
  std::uint64_t seed = 0;
  std::string out{};    ///< as the user wrote it
  std::string model{};  ///< "builtin" for the embedded writer
};

/// How a run ended: done, failed or stopped.
struct RunEnd {
  RunStage stage = RunStage::done;
  std::string message{};  ///< one line, unless done
};

/// The end of a run whose result is `result`.
template <class T>
RunEnd end_of(const Result<T>& result) {
  if (result) return {};
  const bool stopped = result.error().kind == ErrorKind::stopped || result.error().kind == ErrorKind::budget;
  return {.stage = stopped ? RunStage::stopped : RunStage::failed, .message = result.error().message};
}

/// What the closing summary says of one record.
struct RecordSummary {
  std::uint32_t index = 0;
  std::string task_id;
  std::uint64_t sessions = 0, turns = 0, transactions = 0, questions = 0;
  Date first_date, last_date;
  Money total;
};

RecordSummary summarize(const Record& record, std::uint32_t index);

/// Hears how a run goes on. Called by one thread at a time. The calls of a model are told to it as to any
/// CallLog.
class Progress : public CallLog {
 public:
  /// Before anything is written or asked for; not called where the run could not begin.
  virtual void begin(const RunOutline& outline) = 0;
  virtual void sessions_done(std::uint64_t count) = 0;
  virtual void paraphrases_done(std::uint64_t count) = 0;
  virtual void questions_done(std::uint64_t /*count*/) {}
  /// Records are done in order.
  virtual void record_done(const RecordSummary& summary) = 0;
  /// The same of an evaluation, in any order.
  virtual void evaluated_record() {}
  /// Something worth a line: a retry, a wait, fewer questions than asked for.
  virtual void note(std::string_view line) = 0;
  /// The numbers of a run by a model, several times a second and once when its last call has ended.
  virtual void status(const RunStatus& /*status*/) {}
  /// Once, whatever ended the run, also where it could not begin.
  virtual void ended(const RunEnd& /*end*/) {}
};

/// Hears nothing.
class SilentProgress : public Progress {
 public:
  void begin(const RunOutline&) override {}
  void sessions_done(std::uint64_t) override {}
  void paraphrases_done(std::uint64_t) override {}
  void record_done(const RecordSummary&) override {}
  void note(std::string_view) override {}
};

}  // namespace synthv1
