// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/dataset/record.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace synthv1 {

/// What a run has to do, as far as it is known before it starts.
struct RunSize {
  std::uint64_t records = 0;
  std::uint64_t sessions = 0;     ///< over all records
  std::uint64_t paraphrases = 0;  ///< batches, over all records; 0 when nothing is reworded by a model
};

/// What the closing summary says of one record.
struct RecordSummary {
  std::uint32_t index = 0;
  std::string task_id;
  std::uint64_t sessions = 0, turns = 0, transactions = 0, questions = 0;
  Date first_date, last_date;
  Money total;
};

RecordSummary summarize(const Record& record, std::uint32_t index);

/// Hears how a run goes on. Called by one thread at a time.
class Progress {
 public:
  virtual ~Progress() = default;
  virtual void begin(const RunSize& size) = 0;
  virtual void sessions_done(std::uint64_t count) = 0;
  virtual void paraphrases_done(std::uint64_t count) = 0;
  /// Records are done in order.
  virtual void record_done(const RecordSummary& summary) = 0;
  /// Something worth a line: a retry, a wait, fewer questions than asked for.
  virtual void note(std::string_view line) = 0;
};

/// Hears nothing.
class SilentProgress : public Progress {
 public:
  void begin(const RunSize&) override {}
  void sessions_done(std::uint64_t) override {}
  void paraphrases_done(std::uint64_t) override {}
  void record_done(const RecordSummary&) override {}
  void note(std::string_view) override {}
};

}  // namespace synthv1
