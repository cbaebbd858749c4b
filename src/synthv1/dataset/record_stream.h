// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/file.h"
#include "synthv1/base/json_parse.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace synthv1 {

/// The records of a dataset file of any layout, one after the other; a piece of the file is in memory.
class RecordStream {
 public:
  /// `path`: "-" is standard input. ErrorKind::usage where the file cannot be read. `files` must outlive it.
  static Result<RecordStream> open(Files& files, const std::string& path);

  /// The next record, unchecked; nothing behind the last. An error names file, line and column.
  Result<std::optional<json::Record>> next();
  /// Read of the file so far.
  std::uint64_t bytes() const { return bytes_; }

 private:
  RecordStream(std::unique_ptr<InputFile> file, std::string path);

  std::unique_ptr<InputFile> file_;
  std::string path_;
  json::RecordReader reader_;
  std::vector<char> piece_;
  std::uint64_t bytes_ = 0;
  bool ended_ = false;
};

}  // namespace synthv1
