// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"
#include "synthv1/model/journal_rows.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace synthv1 {

/// Named values of the run, such as its seed.
using JournalMeta = std::map<std::string, std::string>;

/// What of a table is not whole.
struct TableDamage {
  std::string_view table;
  std::int64_t rows = 0;   ///< damaged, as far as their numbers show
  std::int64_t alone = 0;  ///< read without what another table says of them
  bool cut_short = false;  ///< it cannot be read to its end
};

/// Everything in a journal, as it is read from end to end. Each is called with whole rows only, in the order
/// of commits, and while nothing of the file is locked.
struct JournalReader {
  std::function<void(KeptRow)> reply = [](const KeptRow&) {};
  std::function<void(KeptFailure)> failure = [](const KeptFailure&) {};
  std::function<void(KeptRecord)> record = [](const KeptRecord&) {};
  std::function<void(KeptStart)> start = [](const KeptStart&) {};
  /// Told of each table that is not whole, after its rows.
  std::function<void(const TableDamage&)> damaged = [](const TableDamage&) {};
};

/// The file of a journal: an SQLite database in WAL mode, synced at each commit, each row under a checksum
/// (docs/formats/journal.md). One process writes, others may read. For one thread at a time.
class JournalFile {
 public:
  /// Opens a journal, or begins one. ErrorKind::usage where another process writes it or it is none of ours;
  /// ErrorKind::disk where it cannot be read or written. A damaged one is opened as far as SQLite can: see
  /// is_sound().
  static Result<JournalFile> open(const std::string& path);
  /// For reading, also while a run writes it.
  static Result<JournalFile> open_to_read(const std::string& path);

  /// Whether its tables and indexes hold together; rows may still be damaged. Reads the whole file.
  bool is_sound();

  /// Makes all of it durable, or none; after a failure the file is as if the process had been killed. A reply
  /// whose key is there already takes its place, as does a verdict.
  Result<void> commit(const JournalGroup& group);

  /// The reply of that key; nothing where there is none whole.
  Result<std::optional<KeptRow>> find(std::string_view key);
  /// How many replies find() has met that were damaged.
  std::size_t damaged() const;
  /// Reads what is whole, whatever is not. Returns how many replies are there but damaged, as far as their
  /// numbers show.
  std::int64_t read(const JournalReader& reader);
  /// The same without the replies, the failures and the check of the meta.
  void read_starts_and_records(const JournalReader& reader);
  Result<std::int64_t> count_replies();
  /// The greatest key of a reply; empty where there is none.
  Result<std::string> last_key();

  /// The whole ones.
  Result<JournalMeta> meta();
  /// Adds them, or puts them in the place of those of the same name.
  Result<void> set_meta(const JournalMeta& values);

  JournalFile(JournalFile&&) noexcept;
  JournalFile& operator=(JournalFile&&) noexcept;
  ~JournalFile();

 private:
  class Impl;
  explicit JournalFile(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace synthv1
