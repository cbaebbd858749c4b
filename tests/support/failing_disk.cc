// SPDX-License-Identifier: Apache-2.0
#include "tests/support/failing_disk.h"

#include <array>
#include <cstring>
#include <mutex>

#include <sqlite3.h>

namespace synthv1::test {

namespace {

/// The state of the one disk there is.
struct State {
  std::mutex mutex;
  FailingDisk::Fault fault;
  std::size_t operations = 0;
  bool failed = false;
  std::array<std::size_t, 5> later{};
};

State& state() {
  static State state;
  return state;
}

/// SQLITE_OK, or the code with which this operation fails.
int step(DiskStep kind) {
  State& now = state();
  const std::lock_guard lock(now.mutex);
  if (now.failed) ++now.later[static_cast<std::size_t>(kind)];
  if (!now.fault.concerns(kind)) return SQLITE_OK;
  const std::size_t number = now.operations++;
  const bool fails = number == now.fault.at || (now.fault.for_good && number > now.fault.at);
  now.failed = now.failed || fails;
  return fails ? now.fault.code : SQLITE_OK;
}

/// A file of ours; that of the real disk lies behind it in memory.
struct File {
  sqlite3_file base;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real(); }

/// An operation that goes to the real file as it is.
template <auto Method, class... Arguments>
int pass(sqlite3_file* file, Arguments... arguments) {
  return (real(file)->pMethods->*Method)(real(file), arguments...);
}

/// An operation that may fail.
template <DiskStep Kind, auto Method, class... Arguments>
int pass_or_fail(sqlite3_file* file, Arguments... arguments) {
  if (const int code = step(Kind); code != SQLITE_OK) return code;
  return pass<Method>(file, arguments...);
}

void pass_barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }

using M = sqlite3_io_methods;
using Int64 = sqlite3_int64;

const sqlite3_io_methods kMethods = {
    .iVersion = 2,
    .xClose = pass<&M::xClose>,
    .xRead = pass<&M::xRead, void*, int, Int64>,
    .xWrite = pass_or_fail<DiskStep::write, &M::xWrite, const void*, int, Int64>,
    .xTruncate = pass_or_fail<DiskStep::truncate, &M::xTruncate, Int64>,
    .xSync = pass_or_fail<DiskStep::sync, &M::xSync, int>,
    .xFileSize = pass<&M::xFileSize, Int64*>,
    .xLock = pass<&M::xLock, int>,
    .xUnlock = pass<&M::xUnlock, int>,
    .xCheckReservedLock = pass<&M::xCheckReservedLock, int*>,
    .xFileControl = pass<&M::xFileControl, int, void*>,
    .xSectorSize = pass<&M::xSectorSize>,
    .xDeviceCharacteristics = pass<&M::xDeviceCharacteristics>,
    .xShmMap = pass<&M::xShmMap, int, int, int, void volatile**>,
    .xShmLock = pass<&M::xShmLock, int, int, int>,
    .xShmBarrier = pass_barrier,
    .xShmUnmap = pass<&M::xShmUnmap, int>,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

sqlite3_vfs* real_disk = nullptr;

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* given) {
  file->pMethods = nullptr;
  if (const int code = step(DiskStep::open); code != SQLITE_OK) return code;
  const int code = real_disk->xOpen(real_disk, name, real(file), flags, given);
  if (code == SQLITE_OK) file->pMethods = &kMethods;
  return code;
}

int remove_file(sqlite3_vfs*, const char* name, int sync) {
  if (const int code = step(DiskStep::remove); code != SQLITE_OK) return code;
  return real_disk->xDelete(real_disk, name, sync);
}

sqlite3_vfs& failing_disk() {
  static sqlite3_vfs disk = [] {
    real_disk = sqlite3_vfs_find(nullptr);
    sqlite3_vfs made = *real_disk;
    made.szOsFile = static_cast<int>(sizeof(File)) + real_disk->szOsFile;
    made.zName = "failing";
    made.xOpen = open_file;
    made.xDelete = remove_file;
    return made;
  }();
  return disk;
}

}  // namespace

FailingDisk::FailingDisk() {
  set({});
  sqlite3_vfs_register(&failing_disk(), 1);
}

FailingDisk::~FailingDisk() { sqlite3_vfs_register(real_disk, 1); }

void FailingDisk::set(Fault fault) {
  State& now = state();
  const std::lock_guard lock(now.mutex);
  now.fault = fault;
  now.operations = 0;
  now.failed = false;
  now.later = {};
}

std::size_t FailingDisk::operations() const {
  const std::lock_guard lock(state().mutex);
  return state().operations;
}

std::size_t FailingDisk::later(DiskStep step) const {
  const std::lock_guard lock(state().mutex);
  return state().later[static_cast<std::size_t>(step)];
}

bool FailingDisk::has_failed() const {
  const std::lock_guard lock(state().mutex);
  return state().failed;
}

}  // namespace synthv1::test
