// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/file.h"

#include "synthv1/base/temporary_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace synthv1 {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBufferSize = 256u << 10;

std::string reason(int code) { return std::generic_category().message(code); }

/// An open file descriptor; standard input and output are never closed.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }

  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }
  /// False, with errno, when the file system reports a late failure.
  bool close() {
    const int number = std::exchange(number_, -1);
    return number <= STDERR_FILENO || ::close(number) == 0;
  }

 private:
  int number_;
};

/// open(2), again when a signal interrupts it.
Descriptor open_file(const std::string& path, int flags, mode_t mode = 0666) {
  while (true) {
    const int number = ::open(path.c_str(), flags | O_CLOEXEC, mode);
    if (number >= 0 || errno != EINTR) return Descriptor(number);
  }
}

std::string folder_of(const std::string& path) {
  const std::string folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

/// The file that writing to `path` writes: where a symbolic link leads, also when nothing stands there yet.
std::string link_target(std::string path) {
  for (int links = 0; links < 40; ++links) {
    std::error_code fault;
    const fs::path target = fs::read_symlink(path, fault);
    if (fault) return path;
    path = (fs::path(path).parent_path() / target).string();
  }
  return path;
}

std::unexpected<Error> write_failure(const std::string& path, int code) {
  const bool full = code == ENOSPC || code == EDQUOT;
  return fail(ErrorKind::disk, fmt::format("cannot write {}: {}{}", path, reason(code),
                                           full ? "; free some space or choose another place" : ""));
}

std::unexpected<Error> cannot_create(const std::string& path, const std::string& folder, int code) {
  if (code == ENOENT) {
    return fail(ErrorKind::usage,
                fmt::format("cannot write {0}: the folder {1} does not exist (mkdir -p {1})", path, folder));
  }
  if (code == EACCES || code == EPERM || code == EROFS) {
    return fail(ErrorKind::usage, fmt::format("cannot write {}: no permission to create files in {}; choose "
                                              "another place",
                                              path, folder));
  }
  if (code == ENOTDIR || code == ENAMETOOLONG || code == ELOOP) {
    return fail(ErrorKind::usage,
                fmt::format("cannot write {}: {}; choose another place", path, reason(code)));
  }
  return write_failure(path, code);
}

class DiskInput : public InputFile {
 public:
  DiskInput(std::string path, Descriptor file) : path_(std::move(path)), file_(std::move(file)) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    while (true) {
      const ssize_t size = ::read(file_.number(), buffer.data(), buffer.size());
      if (size >= 0) return static_cast<std::size_t>(size);
      if (errno == EINTR) continue;
      return fail(errno == EISDIR ? ErrorKind::usage : ErrorKind::disk,
                  fmt::format("cannot read {}: {}", path_, reason(errno)));
    }
  }

 private:
  std::string path_;
  Descriptor file_;
};

/// write(2) until nothing is left; returns how many bytes were written, with errno where those are not all.
std::size_t write_whole(int file, std::string_view bytes) {
  std::size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t size = ::write(file, bytes.data() + written, bytes.size() - written);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) break;
    written += static_cast<std::size_t>(size);
  }
  return written;
}

/// Bytes on their way to a descriptor, gathered into large writes.
class BufferedWriter {
 public:
  BufferedWriter(std::string path, Descriptor file) : path_(std::move(path)), file_(std::move(file)) {}

  const std::string& path() const { return path_; }
  const Descriptor& file() const { return file_; }
  std::uint64_t reached() const { return reached_; }

  Result<void> append(std::string_view bytes) {
    if (failed_ || !file_.is_open()) return write_failure(path_, failed_ ? failed_ : EBADF);
    if (buffer_.size() + bytes.size() <= kBufferSize) {
      buffer_ += bytes;
      return {};
    }
    if (Result<void> flushed = flush(); !flushed) return flushed;
    if (bytes.size() < kBufferSize) {
      buffer_ += bytes;
      return {};
    }
    return write_all(bytes);
  }

  Result<void> flush() {
    if (failed_) return write_failure(path_, failed_);
    const Result<void> written = write_all(buffer_);
    buffer_.clear();
    return written;
  }

  void set_path(std::string path) { path_ = std::move(path); }

  Result<void> sync() { return ::fsync(file_.number()) == 0 ? Result<void>() : remember(errno); }
  Result<void> close() { return file_.close() ? Result<void>() : remember(errno); }
  Result<void> truncate(std::uint64_t size) {
    return ::ftruncate(file_.number(), static_cast<off_t>(size)) == 0 ? Result<void>() : remember(errno);
  }

 private:
  Result<void> write_all(std::string_view bytes) {
    const std::size_t written = write_whole(file_.number(), bytes);
    reached_ += written;
    return written == bytes.size() ? Result<void>() : remember(errno);
  }

  /// What was lost once stays lost: no later call may succeed.
  Result<void> remember(int code) {
    failed_ = code;
    return write_failure(path_, code);
  }

  std::string path_;
  Descriptor file_;
  std::string buffer_;
  std::uint64_t reached_ = 0;
  int failed_ = 0;
};

/// Standard output, a pipe, a device: written straight, nothing to rename.
class StraightOutput : public OutputFile {
 public:
  StraightOutput(std::string path, Descriptor file) : writer_(std::move(path), std::move(file)) {}

  Result<void> append(std::string_view bytes) override { return writer_.append(bytes); }
  Result<void> commit() override {
    if (Result<void> flushed = writer_.flush(); !flushed) return flushed;
    return writer_.close();
  }
  Result<std::string> redirect(const std::string&) override { return std::string(); }
  std::uint64_t reached() const override { return writer_.reached(); }
  Result<void> commit_front(std::uint64_t) override { return writer_.close(); }

 private:
  BufferedWriter writer_;
};

class DiskAppend : public AppendFile {
 public:
  DiskAppend(std::string path, Descriptor file) : path_(std::move(path)), file_(std::move(file)) {}

  Result<void> append(std::string_view bytes) override {
    const std::size_t written = write_whole(file_.number(), bytes);
    if (written == bytes.size()) return {};
    const int code = errno;
    take_back(written);
    return write_failure(path_, code);
  }

 private:
  /// A line that was cut would spoil the next one.
  void take_back(std::size_t written) {
    const off_t end = ::lseek(file_.number(), 0, SEEK_CUR);
    if (written == 0 || end < static_cast<off_t>(written)) return;
    static_cast<void>(::ftruncate(file_.number(), end - static_cast<off_t>(written)));
  }

  std::string path_;
  Descriptor file_;
};

/// What stands at a path that is to be written.
enum class Target { nothing, regular, special };

Result<Target> look_at(const std::string& path, const std::string& target) {
  if (target.empty() || target.ends_with('/')) {
    return fail(ErrorKind::usage, fmt::format("cannot write \"{}\": a file name is needed", path));
  }
  struct stat status = {};
  if (::stat(target.c_str(), &status) != 0) {
    if (errno == ELOOP) return cannot_create(path, folder_of(target), errno);
    return Target::nothing;
  }
  if (S_ISDIR(status.st_mode)) {
    return fail(ErrorKind::usage, fmt::format("cannot write {}: it is a folder; name a file in it", path));
  }
  if (::access(target.c_str(), W_OK) != 0) {
    return fail(ErrorKind::usage,
                fmt::format("cannot write {}: {}; choose another place", path, reason(errno)));
  }
  return S_ISREG(status.st_mode) ? Target::regular : Target::special;
}

bool same_device(const std::string& one, const std::string& other) {
  struct stat first = {}, second = {};
  return ::stat(one.c_str(), &first) == 0 && ::stat(other.c_str(), &second) == 0 &&
         first.st_dev == second.st_dev;
}

/// A temporary file beside its target, which it replaces when it is whole.
class RenamedOutput : public OutputFile {
 public:
  RenamedOutput(std::string path, std::string target, std::string temporary, Descriptor file)
      : writer_(std::move(path), std::move(file)),
        target_(std::move(target)),
        temporary_(std::move(temporary)) {}

  ~RenamedOutput() override {
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
  }

  Result<void> append(std::string_view bytes) override { return writer_.append(bytes); }

  Result<void> commit() override {
    if (!writer_.file().is_open()) return give_name();
    if (Result<void> done = writer_.flush(); !done) return done;
    return seal();
  }

  Result<std::string> redirect(const std::string& path) override {
    std::string target = link_target(path);
    std::string shown = path;
    if (!same_device(folder_of(target), folder_of(temporary_))) {
      target = (fs::path(temporary_).parent_path() / fs::path(path).filename()).string();
      shown = target;
    }
    if (const Result<Target> standing = look_at(shown, target); !standing)
      return std::unexpected(standing.error());
    writer_.set_path(shown);
    target_ = target;
    return shown;
  }

  std::uint64_t reached() const override { return writer_.reached(); }

  Result<void> commit_front(std::uint64_t size) override {
    if (!writer_.file().is_open()) return give_name();
    if (Result<void> done = writer_.truncate(size); !done) return done;
    return seal();
  }

 private:
  Result<void> seal() {
    if (Result<void> done = writer_.sync(); !done) return done;
    if (Result<void> done = writer_.close(); !done) return done;
    return give_name();
  }

  /// The file is whole and synced.
  Result<void> give_name() {
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) return write_failure(writer_.path(), errno);
    temporary_.clear();
    return sync_folder();
  }

  Result<void> sync_folder() {
    const Descriptor folder = open_file(folder_of(target_), O_RDONLY | O_DIRECTORY);
    if (!folder.is_open()) return {};  // a folder that may be written but not read
    if (::fsync(folder.number()) == 0 || errno == EINVAL) return {};
    return write_failure(writer_.path(), errno);
  }

  BufferedWriter writer_;
  std::string target_;
  std::string temporary_;  ///< empty once renamed
};

struct Temporary {
  std::string name;
  Descriptor file;
};

Result<Temporary> create_temporary(const std::string& path, const std::string& target) {
  while (true) {
    const std::string name = temporary_name(target);
    Descriptor file = open_file(name, O_WRONLY | O_CREAT | O_EXCL);
    if (file.is_open() && claim_temporary(file.number())) return Temporary{name, std::move(file)};
    if (!file.is_open() && errno != EEXIST) return cannot_create(path, folder_of(target), errno);
  }
}

/// What replaces a file keeps its permissions.
void copy_permissions(const std::string& target, int file) {
  struct stat status = {};
  if (::stat(target.c_str(), &status) == 0) static_cast<void>(::fchmod(file, status.st_mode & 07777));
}

Result<std::unique_ptr<OutputFile>> open_special(const std::string& path) {
  Descriptor file = open_file(path, O_WRONLY);
  if (!file.is_open()) return cannot_create(path, folder_of(path), errno);
  return std::make_unique<StraightOutput>(path, std::move(file));
}

}  // namespace

Result<std::string> Files::read(const std::string& path) {
  Result<std::unique_ptr<InputFile>> file = open_input(path);
  if (!file) return std::unexpected(file.error());
  std::string text;
  std::size_t size = 0;
  while (true) {
    if (size == text.size()) text.resize(std::max(kBufferSize / 4, 2 * size));
    const Result<std::size_t> more = (*file)->read(std::span(text).subspan(size));
    if (!more) return std::unexpected(more.error());
    if (*more == 0) break;
    size += *more;
  }
  text.resize(size);
  return text;
}

Result<void> Files::write(const std::string& path, std::string_view text) {
  auto file = open_output(path);
  if (!file) return std::unexpected(std::move(file.error()));
  if (auto done = (*file)->append(text); !done) return done;
  return (*file)->commit();
}

Result<std::unique_ptr<InputFile>> DiskFiles::open_input(const std::string& path) {
  if (path == "-") return std::make_unique<DiskInput>("standard input", Descriptor(STDIN_FILENO));
  Descriptor file = open_file(path, O_RDONLY);
  if (!file.is_open()) return fail(ErrorKind::usage, fmt::format("cannot read {}: {}", path, reason(errno)));
  return std::make_unique<DiskInput>(path, std::move(file));
}

Result<std::unique_ptr<OutputFile>> DiskFiles::open_output(const std::string& path) {
  if (path == "-") return std::make_unique<StraightOutput>("standard output", Descriptor(STDOUT_FILENO));
  const std::string target = link_target(path);
  const Result<Target> standing = look_at(path, target);
  if (!standing) return std::unexpected(standing.error());
  if (*standing == Target::special) return open_special(path);
  Result<Temporary> temporary = create_temporary(path, target);
  if (!temporary) return std::unexpected(temporary.error());
  if (*standing == Target::regular) copy_permissions(target, temporary->file.number());
  return std::make_unique<RenamedOutput>(path, target, temporary->name, std::move(temporary->file));
}

Result<std::unique_ptr<AppendFile>> DiskFiles::open_append(const std::string& path) {
  if (const Result<Target> standing = look_at(path, path); !standing) {
    return std::unexpected(standing.error());
  }
  Descriptor file = open_file(path, O_WRONLY | O_APPEND | O_CREAT);
  if (!file.is_open()) return cannot_create(path, folder_of(path), errno);
  return std::make_unique<DiskAppend>(path, std::move(file));
}

Result<void> DiskFiles::replace(const std::string& path, std::string_view text) {
  // A fixed name: what a killed process left behind is written over.
  const fs::path place(path);
  const std::string temporary = (place.parent_path() / ("." + place.filename().string() + ".tmp")).string();
  Descriptor file = open_file(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
  if (!file.is_open()) return cannot_create(path, folder_of(path), errno);
  const bool whole = write_whole(file.number(), text) == text.size() && file.close() &&
                     ::rename(temporary.c_str(), path.c_str()) == 0;
  if (whole) return {};
  const int code = errno;
  ::unlink(temporary.c_str());
  return write_failure(path, code);
}

Result<void> DiskFiles::check_writable(const std::string& path) {
  if (path == "-") return {};
  const std::string target = link_target(path);
  const Result<Target> standing = look_at(path, target);
  if (!standing) return std::unexpected(standing.error());
  if (*standing == Target::special) return {};
  const Result<Temporary> temporary = create_temporary(path, target);
  if (!temporary) return std::unexpected(temporary.error());
  ::unlink(temporary->name.c_str());
  return {};
}

Result<void> DiskFiles::remove(const std::string& path) {
  if (::unlink(path.c_str()) == 0 || errno == ENOENT) return {};
  return fail(ErrorKind::disk, fmt::format("cannot remove {}: {}", path, std::strerror(errno)));
}

void DiskFiles::remove_abandoned(const std::string& path) {
  if (path != "-") remove_abandoned_temporaries(link_target(path));
}

Result<std::string> read_file(const std::string& path) { return DiskFiles().read(path); }

}  // namespace synthv1
