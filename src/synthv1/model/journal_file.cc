// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/journal_file.h"

#include "synthv1/base/file_lock.h"
#include "synthv1/base/sqlite.h"
#include "synthv1/model/journal_tables.h"

#include <set>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr const char* kSettings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";

/// Rows are numbered without gaps, so that behind so many that cannot be read there are no more.
constexpr std::int64_t kMostUnreadable = 20'000;

/// Reads the rows of one table, past what is damaged.
class TableReading {
 public:
  TableReading(SqlDatabase& database, const JournalQuery& query, std::function<bool(const SqlStatement&)> see)
      : database_(database), query_(query), see_(std::move(see)) {}

  /// Returns how many rows were damaged.
  std::int64_t read() {
    while (!stream_from_last()) {
      if (!find_next()) break;
    }
    return damaged_;
  }

 private:
  /// True at the end of the table, false where it cannot be read on.
  bool stream_from_last() {
    auto rows = database_.try_prepare(
        fmt::format("{} WHERE {} > {} ORDER BY {}", query_.columns, query_.number, last_, query_.number));
    if (!rows) return false;
    while (true) {
      const Result<bool> row = rows->try_step();
      if (!row) return false;
      if (!*row) return true;
      take(*rows);
    }
  }

  /// Looks for the next row that can be read, one by one.
  bool find_next() {
    auto row = database_.try_prepare(fmt::format("{} WHERE {} = ?", query_.columns, query_.number));
    if (!row) return false;
    for (std::int64_t number = last_ + 1; number <= last_ + kMostUnreadable; ++number) {
      row->reset();
      row->bind(number);
      const Result<bool> there = row->try_step();
      if (!there || !*there) continue;
      damaged_ += number - last_ - 1;
      take(*row);
      return true;
    }
    return false;
  }

  void take(const SqlStatement& row) {
    last_ = row.whole(0);
    if (!see_(row)) ++damaged_;
  }

  SqlDatabase& database_;
  const JournalQuery& query_;
  std::function<bool(const SqlStatement&)> see_;
  std::int64_t last_ = -1;
  std::int64_t damaged_ = 0;
};

/// Reads a table of such rows; returns how many were damaged.
template <class Row>
std::int64_t read_table(SqlDatabase& database, const JournalQuery& query,
                        std::optional<Row> (*read)(const SqlStatement&),
                        const std::function<void(Row)>& see) {
  return TableReading(database, query,
                      [&](const SqlStatement& row) {
                        auto whole = read(row);
                        if (!whole) return false;
                        see(std::move(*whole));
                        return true;
                      })
      .read();
}

template <class Rows>
Result<void> insert_all(JournalInserts& inserts, const Rows& rows) {
  for (const auto& row : rows) {
    if (auto done = inserts.insert(row); !done) return done;
  }
  return {};
}

}  // namespace

class JournalFile::Impl {
 public:
  Impl(SqlDatabase database, std::optional<FileLock> lock)
      : lock_(std::move(lock)), database_(std::move(database)) {}

  Result<void> prepare() {
    auto find = database_.try_prepare(fmt::format("{} WHERE reply.key = ?", kReplyRows.columns));
    if (!find) return std::unexpected(std::move(find.error()));
    find_ = std::move(*find);
    if (!lock_) return {};
    auto inserts = JournalInserts::prepare(database_);
    if (!inserts) return std::unexpected(std::move(inserts.error()));
    inserts_ = std::move(*inserts);
    return {};
  }

  bool is_sound() {
    auto check = database_.try_prepare("PRAGMA integrity_check(1)");
    if (!check) return false;
    const Result<bool> row = check->try_step();
    return row && *row && check->text(0) == "ok";
  }

  Result<void> commit(const JournalGroup& group) {
    return in_transaction([&]() -> Result<void> {
      if (auto done = insert_all(*inserts_, group.replies); !done) return done;
      if (auto done = insert_all(*inserts_, group.verdicts); !done) return done;
      if (auto done = insert_all(*inserts_, group.failures); !done) return done;
      if (auto done = insert_all(*inserts_, group.records); !done) return done;
      return group.start ? inserts_->insert(*group.start) : Result<void>();
    });
  }

  Result<std::optional<KeptRow>> find(std::string_view key) {
    find_->bind_bytes(key);
    const Result<bool> row = find_->try_step();
    std::optional<KeptRow> found;
    if (row && *row) found = read_reply_row(*find_);
    if (row && *row && !found) damaged_.insert(find_->whole(0));
    find_->reset();
    if (!row) return std::unexpected(row.error());
    return found;
  }

  std::size_t damaged() const { return damaged_.size(); }

  std::int64_t read(const JournalReader& reader) {
    read_starts_and_records(reader);
    read_table<KeptFailure>(database_, kFailureRows, read_failure_row, reader.failure);
    return read_table<KeptRow>(database_, kReplyRows, read_reply_row, reader.reply);
  }

  void read_starts_and_records(const JournalReader& reader) {
    read_table<KeptStart>(database_, kStartRows, read_start_row, reader.start);
    read_table<KeptRecord>(database_, kRecordRows, read_record_row, reader.record);
  }

  Result<std::int64_t> count_replies() {
    auto statement = database_.try_prepare("SELECT count(*) FROM reply");
    if (!statement) return std::unexpected(std::move(statement.error()));
    if (const Result<bool> row = statement->try_step(); !row) return std::unexpected(row.error());
    return statement->whole(0);
  }

  Result<JournalMeta> meta() {
    auto rows = database_.try_prepare("SELECT name, value, checksum FROM meta");
    if (!rows) return std::unexpected(std::move(rows.error()));
    JournalMeta meta;
    while (true) {
      const Result<bool> row = rows->try_step();
      if (!row) return std::unexpected(row.error());
      if (!*row) return meta;
      const std::string_view name = rows->text(0), value = rows->text(1);
      if (rows->whole(2) == checksum_of_meta(name, value)) meta.emplace(name, value);
    }
  }

  Result<void> set_meta(const JournalMeta& values) {
    return in_transaction([&]() -> Result<void> {
      for (const auto& [name, value] : values) {
        if (auto done = inserts_->insert_meta(name, value); !done) return done;
      }
      return {};
    });
  }

 private:
  template <class Work>
  Result<void> in_transaction(const Work& work) {
    if (auto done = database_.try_run("BEGIN IMMEDIATE"); !done) return done;
    Result<void> done = work();
    if (done) done = database_.try_run("COMMIT");
    if (done) return done;
    static_cast<void>(database_.try_run("ROLLBACK"));
    database_.leave_log();
    return done;
  }

  std::optional<FileLock> lock_;  ///< the database must not outlive it: closing any descriptor of a file ends
                                  ///< the locks that SQLite holds on it
  SqlDatabase database_;
  std::optional<SqlStatement> find_;
  std::optional<JournalInserts> inserts_;
  std::set<std::int64_t> damaged_;  ///< numbers of replies that find() met
};

Result<JournalFile> JournalFile::open(const std::string& path) {
  auto lock = FileLock::take(path);
  if (!lock) return std::unexpected(std::move(lock.error()));
  auto database = SqlDatabase::open(path, SqlDatabase::Access::create);
  if (!database) return std::unexpected(std::move(database.error()));
  if (auto done = database->try_run(kSettings); !done) return std::unexpected(std::move(done.error()));
  if (auto done = check_journal_format(*database, path, IfEmpty::create); !done)
    return std::unexpected(std::move(done.error()));
  auto impl = std::make_unique<Impl>(std::move(*database), std::move(*lock));
  if (auto done = impl->prepare(); !done) return std::unexpected(std::move(done.error()));
  return JournalFile(std::move(impl));
}

Result<JournalFile> JournalFile::open_to_read(const std::string& path) {
  auto database = SqlDatabase::open(path, SqlDatabase::Access::read);
  if (!database) return std::unexpected(std::move(database.error()));
  if (auto done = check_journal_format(*database, path, IfEmpty::refuse); !done)
    return std::unexpected(std::move(done.error()));
  auto impl = std::make_unique<Impl>(std::move(*database), std::nullopt);
  if (auto done = impl->prepare(); !done) return std::unexpected(std::move(done.error()));
  return JournalFile(std::move(impl));
}

JournalFile::JournalFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
JournalFile::JournalFile(JournalFile&&) noexcept = default;
JournalFile& JournalFile::operator=(JournalFile&&) noexcept = default;
JournalFile::~JournalFile() = default;

bool JournalFile::is_sound() { return impl_->is_sound(); }
Result<void> JournalFile::commit(const JournalGroup& group) { return impl_->commit(group); }
Result<std::optional<KeptRow>> JournalFile::find(std::string_view key) { return impl_->find(key); }
std::size_t JournalFile::damaged() const { return impl_->damaged(); }
std::int64_t JournalFile::read(const JournalReader& reader) { return impl_->read(reader); }
void JournalFile::read_starts_and_records(const JournalReader& reader) {
  impl_->read_starts_and_records(reader);
}
Result<std::int64_t> JournalFile::count_replies() { return impl_->count_replies(); }
Result<JournalMeta> JournalFile::meta() { return impl_->meta(); }
Result<void> JournalFile::set_meta(const JournalMeta& values) { return impl_->set_meta(values); }

}  // namespace synthv1
