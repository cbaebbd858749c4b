// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace synthv1::test {

/// What SQLite asks of a disk and can be refused.
enum class DiskStep : std::uint8_t { open, write, sync, truncate, remove };

/// While it lives, the databases that are opened go through a disk on which a chosen operation fails. One at
/// a time.
class FailingDisk {
 public:
  /// `code`: what SQLite is told, such as SQLITE_IOERR_WRITE or SQLITE_FULL.
  struct Fault {
    std::size_t at = SIZE_MAX;  ///< the operation that fails, counted from 0 over all files
    bool for_good = false;      ///< and all later ones with it
    int code = 0;
    bool (*concerns)(DiskStep step) = [](DiskStep) { return true; };  ///< other operations are not counted
  };

  FailingDisk();
  ~FailingDisk();
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;

  /// Counts from 0 again.
  void set(Fault fault);
  /// Operations counted since set().
  std::size_t operations() const;
  /// Operations of that kind after the first that failed.
  std::size_t later(DiskStep step) const;
  bool has_failed() const;
};

}  // namespace synthv1::test
