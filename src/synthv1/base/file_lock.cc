// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/file_lock.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace synthv1 {

bool lock_file(int file, int operation) {
  int code = 0;
  while ((code = ::flock(file, operation)) != 0 && errno == EINTR) {
  }
  return code == 0;
}

Result<FileLock> FileLock::take(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) return fail(ErrorKind::disk, fmt::format("cannot write {}: {}", path, std::strerror(errno)));
  FileLock lock(file);
  if (lock_file(file, LOCK_EX | LOCK_NB)) return lock;
  if (errno == EWOULDBLOCK)
    return fail(ErrorKind::usage, fmt::format("{} is being written by another process", path));
  return fail(ErrorKind::disk, fmt::format("cannot lock {}: {}", path, std::strerror(errno)));
}

bool FileLock::is_taken(const std::string& path) {
  const FileLock asked(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  return asked.file_ >= 0 && !lock_file(asked.file_, LOCK_SH | LOCK_NB) && errno == EWOULDBLOCK;
}

FileLock::~FileLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace synthv1
