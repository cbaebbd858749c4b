// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/temporary_file.h"

#include "synthv1/base/file_lock.h"

#include <atomic>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace synthv1 {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestName = 200;  ///< of the target's: a file's name ends at 255
constexpr std::string_view kEnding = ".tmp";

/// What the names of all temporary files of one target begin with.
std::string beginning_of(const fs::path& target) {
  return fmt::format(".{}.", target.filename().string().substr(0, kLongestName));
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Whether `name` is BEGINNING, process, "-", number, ".tmp".
bool is_temporary(std::string_view name, std::string_view beginning) {
  if (!name.starts_with(beginning) || !name.ends_with(kEnding)) return false;
  if (name.size() < beginning.size() + kEnding.size()) return false;
  name.remove_prefix(beginning.size());
  name.remove_suffix(kEnding.size());
  const std::size_t dash = name.find('-');
  return dash != std::string_view::npos && all_digits(name.substr(0, dash)) &&
         all_digits(name.substr(dash + 1));
}

/// The lock ends with the process that holds it, however that ends; a process number may be another's by now.
void remove_if_abandoned(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return;
  if (lock_file(file, LOCK_EX | LOCK_NB)) ::unlink(path.c_str());
  ::close(file);
}

}  // namespace

std::string temporary_name(const std::string& target) {
  static std::atomic<unsigned> count = 0;
  const fs::path path(target);
  const std::string name = fmt::format("{}{}-{}{}", beginning_of(path), ::getpid(), count++, kEnding);
  return (path.parent_path() / name).string();
}

bool claim_temporary(int file) {
  const bool locked = lock_file(file, LOCK_EX);
  struct stat status = {};
  // A file system without locks: nobody can take it for abandoned.
  return !locked || ::fstat(file, &status) != 0 || status.st_nlink > 0;
}

void remove_abandoned_temporaries(const std::string& target) {
  const fs::path path(target);
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const std::string beginning = beginning_of(path);
  std::error_code fault;
  for (fs::directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault)) {
    if (is_temporary(entry->path().filename().string(), beginning)) remove_if_abandoned(entry->path());
  }
}

}  // namespace synthv1
