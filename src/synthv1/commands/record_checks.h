// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_parse.h"
#include "synthv1/dataset/validate.h"

#include <array>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace synthv1 {

/// What the check of one record found.
struct CheckedRecord {
  std::string task_id;  ///< empty where the record has none
  RecordCounts counts;
  std::array<std::uint64_t, kNumFaultKinds> num_faults{};  ///< by FaultKind
  std::vector<Fault> faults;                               ///< the first of each kind, in order
  std::vector<std::string> notes;
};

/// Threads that check records, each with a Validator of its own. With one thread, the caller's does it.
class RecordChecks {
 public:
  /// `catalogue` is that of records that name none. Of each kind, `faults_per_kind` faults are kept a record.
  RecordChecks(const Catalogue& catalogue, std::uint32_t threads, std::uint64_t faults_per_kind);
  RecordChecks(const RecordChecks&) = delete;
  RecordChecks& operator=(const RecordChecks&) = delete;
  ~RecordChecks();

  /// Begins the check of a record; an exception that it throws comes out of the future.
  std::future<CheckedRecord> begin(json::Record record);

 private:
  using Check = std::packaged_task<CheckedRecord(Validator&)>;
  void work();

  const Catalogue& catalogue_;
  std::uint64_t faults_per_kind_;
  std::optional<Validator> own_;  ///< the caller's, where there are no threads
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Check> waiting_;
  bool closed_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace synthv1
