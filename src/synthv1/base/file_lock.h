// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"

#include <string>
#include <utility>

namespace synthv1 {

/// flock(2), tried again where a signal ends the wait; false where it fails (errno says why).
bool lock_file(int file, int operation);

/// The right to write a file, among processes that ask for it. It ends with this object or the process,
/// however that ends. Not for network file systems.
class FileLock {
 public:
  /// Makes the file where there is none. ErrorKind::usage where another process has the lock,
  /// ErrorKind::disk where the file cannot be written.
  static Result<FileLock> take(const std::string& path);
  /// Whether another process has it. To be asked before this one opens the file as a database.
  static bool is_taken(const std::string& path);

  FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  FileLock& operator=(FileLock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~FileLock();

 private:
  explicit FileLock(int file) : file_(file) {}

  int file_;
};

}  // namespace synthv1
