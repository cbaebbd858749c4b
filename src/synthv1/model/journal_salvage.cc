// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/journal_salvage.h"

#include "synthv1/base/file_lock.h"
#include "synthv1/base/sqlite_wal.h"
#include "synthv1/base/text.h"

#include <array>
#include <filesystem>

#include <fmt/format.h>

namespace synthv1 {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRowsAtOnce = 128;
/// What SQLite keeps beside a database.
constexpr std::array<std::string_view, 2> kCompanions = {"-wal", "-shm"};

bool exists(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

/// Also where there is no such file.
bool is_empty(const std::string& path) {
  std::error_code fault;
  const auto size = fs::file_size(path, fault);
  return fault || size == 0;
}

/// A name that nothing has: "x.journal.old", "x.journal.old2", ...
std::string free_name(const std::string& path, const std::string& ending) {
  std::string name = path + ending;
  for (int number = 2; exists(name); ++number) name = fmt::format("{}{}{}", path, ending, number);
  return name;
}

Result<void> rename(const std::string& from, const std::string& to) {
  std::error_code fault;
  fs::rename(from, to, fault);
  if (!fault) return {};
  return fail(ErrorKind::disk, fmt::format("cannot rename {} to {}: {}", from, to, fault.message()));
}

Error unreadable(const std::string& path, const Error& error) {
  return {ErrorKind::disk,
          fmt::format("{} cannot be used as a journal: {}; it is left as it is: --fresh sets it "
                      "aside and starts over",
                      path, error.message)};
}

/// Copies what is whole of one journal into another.
class Rescue {
 public:
  Rescue(JournalFile& from, JournalFile& into) : from_(from), into_(into) {}

  Result<void> run() {
    const Result<JournalMeta> meta = from_.meta();
    if (!meta) return std::unexpected(meta.error());
    if (auto done = into_.set_meta(*meta); !done) return done;
    damaged_ = from_.read({.reply = [&](KeptRow row) { take(std::move(row)); },
                           .failure = [&](KeptFailure row) { group_.failures.push_back(std::move(row)); },
                           .record = [&](KeptRecord row) { group_.records.push_back(std::move(row)); },
                           .start = [&](const KeptStart& row) { commit_start(row); }});
    flush();
    return outcome_;
  }

  std::int64_t rescued() const { return rescued_; }
  std::int64_t damaged() const { return damaged_; }

 private:
  void take(KeptRow row) {
    ++rescued_;
    group_.replies.push_back(std::move(row.reply));
    if (row.verdict) group_.verdicts.push_back(std::move(*row.verdict));
    if (group_.replies.size() >= kRowsAtOnce) flush();
  }

  void commit_start(const KeptStart& row) {
    JournalGroup group;
    group.start = row;
    if (outcome_) outcome_ = into_.commit(group);
  }

  void flush() {
    if (outcome_) outcome_ = into_.commit(group_);
    group_ = {};
  }

  JournalFile& from_;
  JournalFile& into_;
  JournalGroup group_;
  Result<void> outcome_;
  std::int64_t rescued_ = 0, damaged_ = 0;
};

struct Rescued {
  std::int64_t whole = 0, damaged = 0;
};

/// Both are closed at the end, so that the new one is a single file.
Result<Rescued> copy_whole(JournalFile from, const std::string& into) {
  auto file = JournalFile::open(into);
  if (!file) return std::unexpected(std::move(file.error()));
  Rescue rescue(from, *file);
  if (auto done = rescue.run(); !done) return std::unexpected(std::move(done.error()));
  return Rescued{rescue.rescued(), rescue.damaged()};
}

void remove_companions(const std::string& path) {
  std::error_code ignored;
  for (const std::string_view companion : kCompanions) fs::remove(path + std::string(companion), ignored);
}

void remove_journal(const std::string& path) {
  remove_companions(path);
  std::error_code ignored;
  fs::remove(path, ignored);
}

/// Takes away the half-made journal of a rescue that was killed.
void remove_abandoned(const std::string& path) {
  if (!exists(path)) return;
  if (const auto lock = FileLock::take(path)) remove_journal(path);
}

/// Copies a journal and takes its log away, which must not be read with what comes in its place.
Result<std::string> keep_copy(const std::string& path) {
  const std::string copy = free_name(path, ".damaged");
  for (const std::string_view part : {std::string_view(), kCompanions[0]}) {
    const std::string from = path + std::string(part);
    std::error_code fault;
    if (exists(from)) fs::copy_file(from, copy + std::string(part), fault);
    if (fault) return fail(ErrorKind::disk, fmt::format("cannot copy {}: {}", from, fault.message()));
  }
  remove_companions(path);
  return copy;
}

std::string describe(const Rescued& rescued, const std::string& path, const std::string& copy) {
  const auto are = [](std::int64_t count) { return count == 1 ? "is" : "are"; };
  std::string text = fmt::format("{} was damaged: {} of its replies {} whole and used", path, rescued.whole,
                                 are(rescued.whole));
  if (rescued.damaged > 0)
    text += fmt::format(", {} {} not and asked for again", rescued.damaged, are(rescued.damaged));
  return text + "; the damaged file is kept as " + copy;
}

Result<SoundJournal> rescue(JournalFile damaged, const std::string& path) {
  remove_abandoned(path + ".rescue");
  const std::string fresh = free_name(path, ".rescue");
  const auto rescued = copy_whole(std::move(damaged), fresh);
  if (!rescued) {
    remove_journal(fresh);
    return std::unexpected(unreadable(path, rescued.error()));
  }
  const auto copy = keep_copy(path);
  if (!copy) {
    remove_journal(fresh);
    return std::unexpected(copy.error());
  }
  if (auto done = rename(fresh, path); !done) return std::unexpected(done.error());
  auto file = JournalFile::open(path);
  if (!file) return std::unexpected(std::move(file.error()));
  return SoundJournal{std::move(*file), {describe(*rescued, path, *copy)}};
}

}  // namespace

Result<SoundJournal> open_sound_journal(const std::string& path) {
  const bool new_one = !exists(path);
  // SQLite would take the log for one of another database, and remove it.
  if (!new_one && is_empty(path) && !is_empty(path + "-wal")) {
    return std::unexpected(unreadable(path, {ErrorKind::disk, "it is empty, and its log is not"}));
  }
  const std::uint64_t lost = damaged_wal_bytes(path + "-wal");
  auto file = JournalFile::open(path);
  if (!file) {
    const bool damaged = !new_one && file.error().kind == ErrorKind::disk;
    return std::unexpected(damaged ? unreadable(path, file.error()) : std::move(file.error()));
  }
  if (!new_one && !file->is_sound()) return rescue(std::move(*file), path);
  SoundJournal sound{std::move(*file), {}};
  if (lost > 0) {
    sound.remarks.push_back(fmt::format(
        "the last {} bytes of {}-wal were damaged: the replies in them are asked for again", lost, path));
  }
  return sound;
}

Result<std::string> set_journal_aside(const std::string& path, const std::string& ending) {
  if (!exists(path)) return std::string();
  const auto lock = FileLock::take(path);
  if (!lock) return std::unexpected(lock.error());
  const std::string name = free_name(path, ending);
  // The log first: a database whose log has another name would be read without it.
  for (const std::string_view companion : kCompanions) {
    const std::string from = path + std::string(companion);
    if (!exists(from)) continue;
    if (auto done = rename(from, name + std::string(companion)); !done) return std::unexpected(done.error());
  }
  if (auto done = rename(path, name); !done) return std::unexpected(done.error());
  return name;
}

}  // namespace synthv1
