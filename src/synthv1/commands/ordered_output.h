// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/progress.h"
#include "synthv1/dataset/dataset_writer.h"

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace synthv1 {

/// A record as it goes to the file, and what is said of it.
struct FinishedRecord {
  std::string json;
  RecordSummary summary;
  std::uint64_t imperfections = 0;
};

/// Takes finished records in any order and writes them in order. Thread-safe; whoever brings the record that
/// is next writes it and those that wait behind it. Holds at most `window` records back.
class OrderedOutput {
 public:
  OrderedOutput(DatasetWriter& writer, Progress& progress, std::uint32_t window)
      : writer_(writer), progress_(progress), window_(window) {}

  /// Waits until record `index` lies within the window; false where the output has failed or was stopped.
  bool wait_for_room(std::uint32_t index);
  /// Takes a record; false where the output has failed.
  bool put(std::uint32_t index, FinishedRecord record);
  /// Passes over a record that could not be made.
  void skip(std::uint32_t index);
  /// Ends all waiting: no more records will be written.
  void stop(Error error);

  const std::optional<Error>& error() const { return error_; }
  /// Records below this index are written or passed over.
  std::uint32_t next() const { return next_; }
  std::uint32_t written() const { return written_; }
  std::uint64_t imperfections() const { return imperfections_; }

 private:
  void write_ready();
  bool write(const FinishedRecord& record);

  DatasetWriter& writer_;
  Progress& progress_;
  std::uint32_t window_;
  std::mutex mutex_;
  std::condition_variable moved_;
  std::map<std::uint32_t, std::optional<FinishedRecord>> waiting_;
  std::uint32_t next_ = 0;
  std::uint32_t written_ = 0;
  std::uint64_t imperfections_ = 0;
  std::optional<Error> error_;
};

}  // namespace synthv1
