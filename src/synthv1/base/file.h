// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace synthv1 {

/// A file being read from its beginning.
class InputFile {
 public:
  virtual ~InputFile() = default;
  /// Fills the front of `buffer` with the next bytes; 0 at the end. ErrorKind::disk when reading fails.
  virtual Result<std::size_t> read(std::span<char> buffer) = 0;
};

/// A file being written: there whole after commit(), or not at all.
class OutputFile {
 public:
  /// Without a commit() before it, what stood at the path still stands, and nothing else is left behind.
  virtual ~OutputFile() = default;
  /// ErrorKind::disk when writing fails; after that every call fails.
  virtual Result<void> append(std::string_view bytes) = 0;
  /// Makes the file durable and visible under its name. Nothing can be appended after it.
  virtual Result<void> commit() = 0;
  /// Before commit(), or after one that failed: the file is to have this name instead. Returns the path that
  /// it will have: another folder where that one lies on another disk, nothing where bytes are written
  /// straight. ErrorKind::usage when it cannot be written.
  virtual Result<std::string> redirect(const std::string& path) = 0;
  /// How many bytes have left this process's memory for the file; those of a failed append() included.
  virtual std::uint64_t reached() const = 0;
  /// After a failed append(): gives the file the first `size` bytes of it, at most reached(), and commits it.
  virtual Result<void> commit_front(std::uint64_t size) = 0;
};

/// A file that grows at its end.
class AppendFile {
 public:
  virtual ~AppendFile() = default;
  /// Adds `bytes` at once, behind what others may have added since. ErrorKind::disk when that fails: then
  /// none of them are kept (of a pipe: a part may have left), and a later call may succeed.
  virtual Result<void> append(std::string_view bytes) = 0;
};

/// Files, passed in: tests pass others. A path is as the user wrote it: messages name it so. "-" is standard
/// input to readers and standard output to writers.
class Files {
 public:
  virtual ~Files() = default;
  /// ErrorKind::usage when there is no such file or it may not be read.
  virtual Result<std::unique_ptr<InputFile>> open_input(const std::string& path) = 0;
  /// ErrorKind::usage when the folder is missing or may not be written.
  virtual Result<std::unique_ptr<OutputFile>> open_output(const std::string& path) = 0;
  /// Opens a file for adding to, or makes it. ErrorKind::usage when the folder is missing or may not be
  /// written.
  virtual Result<std::unique_ptr<AppendFile>> open_append(const std::string& path) = 0;
  /// Makes `text` the whole of a file, at once for readers but not durable: for what is soon replaced again.
  /// One writer a path.
  virtual Result<void> replace(const std::string& path, std::string_view text) = 0;
  /// Proves that open_output() would succeed, and leaves nothing behind. To be asked before any costly work.
  virtual Result<void> check_writable(const std::string& path) = 0;
  /// Takes a file away; it is no error when there is none.
  virtual Result<void> remove(const std::string& path) = 0;
  /// Takes away what killed processes have left of outputs to `path`.
  virtual void remove_abandoned(const std::string& /*path*/) {}

  /// The whole of a file.
  Result<std::string> read(const std::string& path);
  /// Makes `text` the whole of a file, durably; it is there whole or not at all.
  Result<void> write(const std::string& path, std::string_view text);
};

/// The real ones. An output is written to a temporary file in its folder and renamed over its name; a
/// symbolic link is followed; what is no regular file (a pipe, a device, "-") is written straight. Durable
/// after commit(): file and folder are synced.
class DiskFiles : public Files {
 public:
  Result<std::unique_ptr<InputFile>> open_input(const std::string& path) override;
  Result<std::unique_ptr<OutputFile>> open_output(const std::string& path) override;
  Result<std::unique_ptr<AppendFile>> open_append(const std::string& path) override;
  Result<void> replace(const std::string& path, std::string_view text) override;
  Result<void> check_writable(const std::string& path) override;
  Result<void> remove(const std::string& path) override;
  void remove_abandoned(const std::string& path) override;
};

/// The whole of a file on disk; "-" is standard input. ErrorKind::usage when it cannot be opened.
Result<std::string> read_file(const std::string& path);

}  // namespace synthv1
