// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/journal_file.h"

#include "synthv1/base/file_lock.h"
#include "synthv1/base/sqlite.h"
#include "synthv1/model/journal_tables.h"

#include <filesystem>
#include <set>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

namespace synthv1 {

namespace {

/// The log is folded into the database every 4,000 pages: the fewer times, the fewer pages are written twice.
constexpr const char* kSettings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;";

/// Rows are numbered without gaps, so that behind so many that cannot be read there are no more.
constexpr std::int64_t kMostUnreadable = 20'000;

/// Rows are passed on so many at a time, between statements: a reader that is slow to take them, such as a
/// pager, must not keep a run that goes on from folding its log.
constexpr int kRowsAtOnce = 128;

/// Reads the rows of one table, past what is damaged.
class TableReading {
 public:
  /// `see`: whether a row is whole. `pass_on`: of what was seen, when no statement is open.
  TableReading(SqlDatabase& database, const JournalQuery& query, std::function<bool(const SqlStatement&)> see,
               std::function<void()> pass_on)
      : database_(database), query_(query), see_(std::move(see)), pass_on_(std::move(pass_on)) {}

  TableDamage read() {
    TableDamage damage{.table = query_.table};
    for (Batch batch = Batch::full; batch != Batch::last && !damage.cut_short;) {
      batch = read_batch();
      damage.cut_short = batch == Batch::unreadable && !find_next();
      pass_on_();
    }
    damage.rows = damaged_;
    damage.alone = alone_;
    return damage;
  }

 private:
  enum class Batch : std::uint8_t { full, last, unreadable };

  Batch read_batch() {
    auto rows = database_.try_prepare(fmt::format("{0} WHERE {1} > {2} ORDER BY {1} LIMIT {3}",
                                                  query_.columns, query_.number, last_, kRowsAtOnce));
    if (!rows) return Batch::unreadable;
    for (int row = 0; row < kRowsAtOnce; ++row) {
      const Result<bool> there = rows->try_step();
      if (!there) return Batch::unreadable;
      if (!*there) return Batch::last;
      take(*rows);
    }
    return Batch::full;
  }

  /// Looks for the next row that can be read, one by one.
  bool find_next() {
    for (std::int64_t number = last_ + 1; number <= last_ + kMostUnreadable; ++number) {
      const bool alone = !read_one(query_.columns, number);
      if (alone && (query_.alone.empty() || !read_one(query_.alone, number))) continue;
      if (alone) ++alone_;
      return true;
    }
    return false;
  }

  bool read_one(std::string_view columns, std::int64_t number) {
    auto row = database_.try_prepare(fmt::format("{} WHERE {} = {}", columns, query_.number, number));
    if (!row) return false;
    const Result<bool> there = row->try_step();
    if (!there || !*there) return false;
    damaged_ += number - last_ - 1;
    take(*row);
    return true;
  }

  void take(const SqlStatement& row) {
    last_ = row.whole(0);
    if (!see_(row)) ++damaged_;
  }

  SqlDatabase& database_;
  const JournalQuery& query_;
  std::function<bool(const SqlStatement&)> see_;
  std::function<void()> pass_on_;
  std::int64_t last_ = -1;
  std::int64_t damaged_ = 0;
  std::int64_t alone_ = 0;
};

/// Reads a table of such rows; `read` gives nothing for a damaged one.
template <class Row, class Read>
TableDamage read_table(SqlDatabase& database, const JournalQuery& query, const Read& read,
                       const std::function<void(Row)>& see) {
  std::vector<Row> rows;
  return TableReading(
             database, query,
             [&](const SqlStatement& statement) {
               std::optional<Row> whole = read(statement);
               if (whole) rows.push_back(std::move(*whole));
               return whole.has_value();
             },
             [&] {
               for (Row& row : rows) see(std::move(row));
               rows.clear();
             })
      .read();
}

void tell(const TableDamage& damage, const JournalReader& reader) {
  if (damage.rows > 0 || damage.cut_short) reader.damaged(damage);
}

/// Where the log holds something, log and index are there already, and a reader leaves them as they are. Else
/// SQLite makes them to read, and takes them away again only for one who may write.
SqlDatabase::Access access_to_read(const std::string& path) {
  std::error_code none;
  const auto logged = std::filesystem::file_size(path + "-wal", none);
  if (!none && logged > 0) return SqlDatabase::Access::read;
  const std::string folder = std::filesystem::path(path).parent_path();
  const bool writable = ::access(folder.empty() ? "." : folder.c_str(), W_OK) == 0;
  return writable ? SqlDatabase::Access::write : SqlDatabase::Access::copy;
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
    const auto row = database_.try_first("PRAGMA integrity_check(1)");
    return row && *row && (*row)->text(0) == "ok";
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
    const auto meta = read_meta();
    tell({.table = "meta", .rows = meta ? meta->damaged : 0, .cut_short = !meta}, reader);
    read_starts_and_records(reader);
    tell(read_table<KeptFailure>(database_, kFailureRows, read_failure_row, reader.failure), reader);
    return read_replies(reader);
  }

  void read_starts_and_records(const JournalReader& reader) {
    tell(read_table<KeptStart>(database_, kStartRows, read_start_row, reader.start), reader);
    tell(read_table<KeptRecord>(database_, kRecordRows, read_record_row, reader.record), reader);
  }

  Result<std::int64_t> count_replies() {
    const auto row = database_.try_first("SELECT count(*) FROM reply");
    if (!row) return std::unexpected(row.error());
    return *row ? (*row)->whole(0) : 0;
  }

  Result<std::string> last_key() {
    const auto row = database_.try_first("SELECT max(key) FROM reply");
    if (!row) return std::unexpected(row.error());
    return std::string(*row ? (*row)->text(0) : std::string_view());
  }

  Result<JournalMeta> meta() {
    auto meta = read_meta();
    if (!meta) return std::unexpected(std::move(meta.error()));
    return std::move(meta->values);
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
  std::int64_t read_replies(const JournalReader& reader) {
    TableDamage verdicts{.table = "verdict"};
    const auto read = [&](const SqlStatement& statement) {
      auto row = read_reply_row(statement);
      if (row && !row->verdict && has_verdict(statement)) ++verdicts.rows;
      return row;
    };
    const TableDamage replies = read_table<KeptRow>(database_, kReplyRows, read, reader.reply);
    verdicts.rows += replies.alone;
    tell(replies, reader);
    tell(verdicts, reader);
    return replies.rows;
  }

  struct MetaRead {
    JournalMeta values;  ///< the whole ones
    std::int64_t damaged = 0;
  };

  Result<MetaRead> read_meta() {
    auto rows = database_.try_prepare("SELECT name, value, checksum FROM meta");
    if (!rows) return std::unexpected(std::move(rows.error()));
    MetaRead meta;
    while (true) {
      const Result<bool> row = rows->try_step();
      if (!row) return std::unexpected(row.error());
      if (!*row) return meta;
      const std::string_view name = rows->text(0), value = rows->text(1);
      if (rows->whole(2) == checksum_of_meta(name, value)) {
        meta.values.emplace(name, value);
      } else {
        ++meta.damaged;
      }
    }
  }

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
  auto database = SqlDatabase::open(path, access_to_read(path));
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
Result<std::string> JournalFile::last_key() { return impl_->last_key(); }
Result<JournalMeta> JournalFile::meta() { return impl_->meta(); }
Result<void> JournalFile::set_meta(const JournalMeta& values) { return impl_->set_meta(values); }

}  // namespace synthv1
