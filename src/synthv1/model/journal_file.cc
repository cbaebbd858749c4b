// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/journal_file.h"

#include "synthv1/base/file_lock.h"
#include "synthv1/base/sqlite.h"
#include "synthv1/model/fingerprint.h"

#include <cstring>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::int64_t kApplicationId = 0x53763161;  // marks the file as a journal of ours
constexpr std::int64_t kFormat = 1;
constexpr std::string_view kKeyVersion = "reply key 1";

constexpr const char* kSettings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";

constexpr const char* kTables = R"(
BEGIN;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE reply (
  id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE,
  purpose TEXT NOT NULL, record INTEGER NOT NULL, item INTEGER NOT NULL, attempt INTEGER NOT NULL,
  content TEXT NOT NULL, finish_reason TEXT NOT NULL, model TEXT NOT NULL,
  prompt_tokens INTEGER, completion_tokens INTEGER, latency_ms INTEGER NOT NULL, received_ms INTEGER NOT NULL,
  checksum INTEGER NOT NULL);
CREATE TABLE verdict (
  reply INTEGER PRIMARY KEY, accepted INTEGER NOT NULL, reason TEXT NOT NULL, checker TEXT NOT NULL,
  checksum INTEGER NOT NULL);
PRAGMA application_id = {};
PRAGMA user_version = {};
COMMIT;)";

constexpr std::string_view kRows =
    "SELECT reply.key, purpose, record, item, attempt, content, finish_reason, model, prompt_tokens, "
    "completion_tokens, latency_ms, received_ms, reply.checksum, accepted, reason, checker, verdict.checksum "
    "FROM reply LEFT JOIN verdict ON verdict.reply = reply.id";
constexpr int kVerdictColumn = 13;

/// The first 8 bytes of the digest, as SQLite holds them.
std::int64_t checksum_of(const Fingerprint& fingerprint) {
  std::int64_t checksum = 0;
  std::memcpy(&checksum, fingerprint.digest().data(), sizeof checksum);
  return checksum;
}

std::int64_t checksum_of(const KeptReply& row) {
  const ChatReply& reply = row.reply;
  Fingerprint fields;
  fields.add(row.key).add(row.purpose);
  fields.add(std::int64_t{row.record}).add(std::int64_t{row.index}).add(std::int64_t{row.attempt});
  fields.add(reply.content).add(reply.finish_reason).add(reply.model);
  fields.add(reply.usage.prompt_tokens).add(reply.usage.completion_tokens);
  fields.add(std::int64_t{reply.latency.count()}).add(row.received_ms);
  return checksum_of(fields);
}

std::int64_t checksum_of(const KeptVerdict& verdict) {
  Fingerprint fields;
  fields.add(verdict.key).add(std::int64_t{verdict.accepted}).add(verdict.reason).add(verdict.checker);
  return checksum_of(fields);
}

Result<std::int64_t> number(SqlDatabase& database, std::string_view sql) {
  auto statement = database.try_prepare(sql);
  if (!statement) return std::unexpected(std::move(statement.error()));
  const Result<bool> row = statement->try_step();
  if (!row) return std::unexpected(row.error());
  return *row ? statement->whole(0) : 0;
}

/// The reply in the row of kRows at which the statement stands; nothing where it is damaged.
std::optional<KeptReply> read_reply(const SqlStatement& row) {
  KeptReply kept{
      .key = std::string(row.text(0)),
      .purpose = std::string(row.text(1)),
      .record = static_cast<std::uint32_t>(row.whole(2)),
      .index = static_cast<std::uint32_t>(row.whole(3)),
      .attempt = static_cast<std::uint32_t>(row.whole(4)),
      .reply = {.content = std::string(row.text(5)),
                .finish_reason = std::string(row.text(6)),
                .model = std::string(row.text(7)),
                .usage = {.prompt_tokens = row.maybe_whole(8), .completion_tokens = row.maybe_whole(9)},
                .latency = std::chrono::milliseconds(row.whole(10))},
      .received_ms = row.whole(11)};
  if (row.whole(12) != checksum_of(kept)) return std::nullopt;
  return kept;
}

/// The verdict beside it; nothing where there is none whole.
std::optional<KeptVerdict> read_verdict(const SqlStatement& row, const std::string& key) {
  constexpr int kFirst = kVerdictColumn;
  if (row.is_null(kFirst)) return std::nullopt;
  KeptVerdict verdict{.key = key,
                      .accepted = row.whole(kFirst) != 0,
                      .reason = std::string(row.text(kFirst + 1)),
                      .checker = std::string(row.text(kFirst + 2))};
  if (row.whole(kFirst + 3) != checksum_of(verdict)) return std::nullopt;
  return verdict;
}

std::optional<KeptRow> read_row(const SqlStatement& row) {
  auto reply = read_reply(row);
  if (!reply) return std::nullopt;
  auto verdict = read_verdict(row, reply->key);
  return KeptRow{std::move(*reply), std::move(verdict)};
}

/// Whether the database is a journal that this version can read; an empty one becomes one where `create`.
Result<void> check_format(SqlDatabase& database, const std::string& path, bool create) {
  const auto tables = number(database, "SELECT count(*) FROM sqlite_schema");
  if (!tables) return std::unexpected(tables.error());
  if (*tables == 0 && create) {
    return database.try_run(fmt::format(fmt::runtime(kTables), kApplicationId, kFormat));
  }
  const auto id = number(database, "PRAGMA application_id");
  if (!id) return std::unexpected(id.error());
  if (*id != kApplicationId) return fail(ErrorKind::usage, path + " is no journal of synthv1");
  const auto format = number(database, "PRAGMA user_version");
  if (!format) return std::unexpected(format.error());
  if (*format == kFormat) return {};
  return fail(ErrorKind::usage,
              fmt::format("{} is a journal of format {}; this version of synthv1 reads format {}", path,
                          *format, kFormat));
}

}  // namespace

std::string reply_key(const JournalScope& scope, const ChatRequest& request) {
  Fingerprint fields;
  fields.add(kKeyVersion).add(scope.endpoint).add(scope.model).add(fmt::format("{}", scope.temperature));
  fields.add(static_cast<std::int64_t>(request.messages.size()));
  for (const ChatMessage& message : request.messages) fields.add(message.role).add(message.content);
  fields.add(request.schema_name).add(request.schema).add(std::int64_t{request.max_tokens});
  fields.add(request.purpose).add(std::int64_t{request.record}).add(std::int64_t{request.index});
  fields.add(std::int64_t{request.attempt});
  return fields.digest();
}

class JournalFile::Impl {
 public:
  Impl(SqlDatabase database, std::optional<FileLock> lock)
      : lock_(std::move(lock)), database_(std::move(database)) {}

  Result<void> prepare() {
    const auto prepare = [this](std::optional<SqlStatement>& statement,
                                const std::string& sql) -> Result<void> {
      auto prepared = database_.try_prepare(sql);
      if (!prepared) return std::unexpected(std::move(prepared.error()));
      statement = std::move(*prepared);
      return {};
    };
    if (auto done = prepare(find_, fmt::format("{} WHERE reply.key = ?", kRows)); !done) return done;
    if (!lock_) return {};
    if (auto done =
            prepare(insert_reply_,
                    "INSERT INTO reply (key, purpose, record, item, attempt, content, finish_reason, model, "
                    "prompt_tokens, completion_tokens, latency_ms, received_ms, checksum) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING");
        !done) {
      return done;
    }
    return prepare(
        insert_verdict_,
        "INSERT INTO verdict (reply, accepted, reason, checker, checksum) "
        "SELECT id, ?, ?, ?, ? FROM reply WHERE key = ? "
        "ON CONFLICT (reply) DO UPDATE SET accepted = excluded.accepted, reason = excluded.reason, "
        "checker = excluded.checker, checksum = excluded.checksum");
  }

  Result<void> commit(std::span<const KeptReply> replies, std::span<const KeptVerdict> verdicts) {
    if (auto done = database_.try_run("BEGIN IMMEDIATE"); !done) return done;
    Result<void> done = insert_all(replies, verdicts);
    if (done) done = database_.try_run("COMMIT");
    if (!done) static_cast<void>(database_.try_run("ROLLBACK"));
    return done;
  }

  Result<std::int64_t> count_replies() { return number(database_, "SELECT count(*) FROM reply"); }

  Result<std::optional<KeptRow>> find(std::string_view key) {
    find_->bind_bytes(key);
    const Result<bool> row = find_->try_step();
    std::optional<KeptRow> found;
    if (row && *row) found = read_row(*find_);
    find_->reset();
    if (!row) return std::unexpected(row.error());
    return found;
  }

  Result<std::int64_t> for_each(const std::function<void(const KeptRow&)>& see) {
    auto rows = database_.try_prepare(fmt::format("{} ORDER BY reply.id", kRows));
    if (!rows) return std::unexpected(std::move(rows.error()));
    std::int64_t damaged = 0;
    while (true) {
      const Result<bool> row = rows->try_step();
      if (!row) return std::unexpected(row.error());
      if (!*row) return damaged;
      if (const auto kept = read_row(*rows)) {
        see(*kept);
      } else {
        ++damaged;
      }
    }
  }

  Result<std::optional<std::string>> meta(std::string_view name) {
    auto statement = database_.try_prepare("SELECT value FROM meta WHERE name = ?");
    if (!statement) return std::unexpected(std::move(statement.error()));
    statement->bind(name);
    const Result<bool> row = statement->try_step();
    if (!row) return std::unexpected(row.error());
    return *row ? std::optional(std::string(statement->text(0))) : std::nullopt;
  }

  Result<void> set_meta(std::string_view name, std::string_view value) {
    auto statement = database_.try_prepare(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = "
        "excluded.value");
    if (!statement) return std::unexpected(std::move(statement.error()));
    statement->bind(name).bind(value);
    const Result<bool> done = statement->try_step();
    if (!done) return std::unexpected(done.error());
    return {};
  }

 private:
  Result<void> insert_all(std::span<const KeptReply> replies, std::span<const KeptVerdict> verdicts) {
    for (const KeptReply& row : replies) {
      if (auto done = insert(row); !done) return done;
    }
    for (const KeptVerdict& verdict : verdicts) {
      if (auto done = insert(verdict); !done) return done;
    }
    return {};
  }

  Result<void> insert(const KeptReply& row) {
    const ChatReply& reply = row.reply;
    SqlStatement& into = *insert_reply_;
    into.bind_bytes(row.key).bind(std::string_view(row.purpose));
    into.bind(std::int64_t{row.record}).bind(std::int64_t{row.index}).bind(std::int64_t{row.attempt});
    into.bind(std::string_view(reply.content)).bind(std::string_view(reply.finish_reason));
    into.bind(std::string_view(reply.model));
    into.bind(reply.usage.prompt_tokens).bind(reply.usage.completion_tokens);
    into.bind(std::int64_t{reply.latency.count()}).bind(row.received_ms).bind(checksum_of(row));
    return finish(into);
  }

  Result<void> insert(const KeptVerdict& verdict) {
    SqlStatement& into = *insert_verdict_;
    into.bind(std::int64_t{verdict.accepted}).bind(std::string_view(verdict.reason));
    into.bind(std::string_view(verdict.checker)).bind(checksum_of(verdict)).bind_bytes(verdict.key);
    return finish(into);
  }

  static Result<void> finish(SqlStatement& statement) {
    const Result<bool> done = statement.try_step();
    statement.reset();
    if (!done) return std::unexpected(done.error());
    return {};
  }

  std::optional<FileLock> lock_;  ///< the database must not outlive it: closing any descriptor of a file ends
                                  ///< the locks that SQLite holds on it
  SqlDatabase database_;
  std::optional<SqlStatement> find_, insert_reply_, insert_verdict_;
};

Result<JournalFile> JournalFile::open(const std::string& path) {
  auto lock = FileLock::take(path);
  if (!lock) return std::unexpected(std::move(lock.error()));
  auto database = SqlDatabase::open(path, SqlDatabase::Access::create);
  if (!database) return std::unexpected(std::move(database.error()));
  if (auto done = database->try_run(kSettings); !done) return std::unexpected(std::move(done.error()));
  if (auto done = check_format(*database, path, /*create=*/true); !done)
    return std::unexpected(std::move(done.error()));
  auto impl = std::make_unique<Impl>(std::move(*database), std::move(*lock));
  if (auto done = impl->prepare(); !done) return std::unexpected(std::move(done.error()));
  return JournalFile(std::move(impl));
}

Result<JournalFile> JournalFile::open_to_read(const std::string& path) {
  auto database = SqlDatabase::open(path, SqlDatabase::Access::read);
  if (!database) return std::unexpected(std::move(database.error()));
  if (auto done = check_format(*database, path, /*create=*/false); !done)
    return std::unexpected(std::move(done.error()));
  auto impl = std::make_unique<Impl>(std::move(*database), std::nullopt);
  if (auto done = impl->prepare(); !done) return std::unexpected(std::move(done.error()));
  return JournalFile(std::move(impl));
}

JournalFile::JournalFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
JournalFile::JournalFile(JournalFile&&) noexcept = default;
JournalFile& JournalFile::operator=(JournalFile&&) noexcept = default;
JournalFile::~JournalFile() = default;

Result<void> JournalFile::commit(std::span<const KeptReply> replies, std::span<const KeptVerdict> verdicts) {
  return impl_->commit(replies, verdicts);
}
Result<std::int64_t> JournalFile::count_replies() { return impl_->count_replies(); }
Result<std::optional<KeptRow>> JournalFile::find(std::string_view key) { return impl_->find(key); }
Result<std::int64_t> JournalFile::for_each(const std::function<void(const KeptRow&)>& see) {
  return impl_->for_each(see);
}
Result<std::optional<std::string>> JournalFile::meta(std::string_view name) { return impl_->meta(name); }
Result<void> JournalFile::set_meta(std::string_view name, std::string_view value) {
  return impl_->set_meta(name, value);
}

}  // namespace synthv1
