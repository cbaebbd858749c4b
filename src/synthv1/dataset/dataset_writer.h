// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/file.h"
#include "synthv1/dataset/write_record.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

namespace synthv1 {

/// How a file holds its records: one a line, an array, or a single object.
enum class DatasetLayout : std::uint8_t { lines, array, object };

/// The style that records are written in for a layout.
RecordStyle style_of(DatasetLayout layout);

/// Writes records that are JSON already into a file of some layout, one by one. The file is there whole after
/// commit(), or not at all.
class DatasetWriter {
 public:
  static Result<DatasetWriter> open(Files& files, const std::string& path, DatasetLayout layout);

  /// Appends one record, as append_record wrote it in the layout's style.
  Result<void> add(std::string_view record);
  /// Ends the file, syncs it and gives it its name.
  Result<void> commit();
  /// As OutputFile::redirect.
  Result<std::string> redirect(const std::string& path) { return file_->redirect(path); }
  /// After add() or commit() failed, in the layout lines: commits the records that are whole in the file all
  /// the same. Returns how many; where there is none, no file is made.
  Result<std::uint64_t> commit_whole();

  std::uint64_t bytes() const { return bytes_; }
  /// Records added.
  std::uint64_t count() const { return count_; }

 private:
  DatasetWriter(std::unique_ptr<OutputFile> file, DatasetLayout layout)
      : file_(std::move(file)), layout_(layout) {}
  Result<void> append(std::string_view text);
  void note_end();

  std::unique_ptr<OutputFile> file_;
  DatasetLayout layout_;
  std::uint64_t count_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t settled_ = 0;       ///< records before those of ends_
  std::deque<std::uint64_t> ends_;  ///< where the last record in the file and those still in memory end
};

}  // namespace synthv1
