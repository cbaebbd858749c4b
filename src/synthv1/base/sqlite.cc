// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace synthv1 {

namespace {

std::string message_of(sqlite3* database) {
  return database == nullptr ? "no memory" : sqlite3_errmsg(database);
}

void require(bool good, sqlite3* database, std::string_view what) {
  if (!good) check(false, fmt::format("SQLite, {}: {}", what, message_of(database)));
}

/// The path of the database's file and what SQLite says is wrong with it.
std::unexpected<Error> file_failure(sqlite3* database) {
  const char* path = sqlite3_db_filename(database, "main");
  const bool full = sqlite3_errcode(database) == SQLITE_FULL;
  return fail(ErrorKind::disk, fmt::format("{}: {}{}", path == nullptr ? "" : path, message_of(database),
                                           full ? "; free some space" : ""));
}

int flags_of(SqlDatabase::Access access) {
  switch (access) {
    case SqlDatabase::Access::read:
      return SQLITE_OPEN_READONLY;
    case SqlDatabase::Access::copy:
      return SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    case SqlDatabase::Access::write:
      return SQLITE_OPEN_READWRITE;
    case SqlDatabase::Access::create:
      break;
  }
  return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
}

/// The path as SQLite is to be given it; its URIs have signs of their own.
std::string name_of(const std::string& path, SqlDatabase::Access access) {
  if (access != SqlDatabase::Access::copy) return path;
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      uri += fmt::format("%{:02x}", static_cast<int>(c));
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

/// Others lock a file while they open, close or recover it, not for long.
constexpr int kPatienceMs = 5000;

/// Its memory statistics take a lock at every allocation, and nobody reads them.
void configure_once() { [[maybe_unused]] static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

}  // namespace

SqlStatement& SqlStatement::bind(std::int64_t value) {
  require(sqlite3_bind_int64(statement_.get(), ++bound_, value) == SQLITE_OK,
          sqlite3_db_handle(statement_.get()), "bind");
  return *this;
}

SqlStatement& SqlStatement::bind(std::optional<std::int64_t> value) {
  if (value) return bind(*value);
  require(sqlite3_bind_null(statement_.get(), ++bound_) == SQLITE_OK, sqlite3_db_handle(statement_.get()),
          "bind");
  return *this;
}

SqlStatement& SqlStatement::bind(std::string_view text) {
  const int code = sqlite3_bind_text64(statement_.get(), ++bound_, text.data() == nullptr ? "" : text.data(),
                                       text.size(), SQLITE_STATIC, SQLITE_UTF8);
  require(code == SQLITE_OK, sqlite3_db_handle(statement_.get()), "bind");
  return *this;
}

SqlStatement& SqlStatement::bind_bytes(std::string_view bytes) {
  const int code = sqlite3_bind_blob64(
      statement_.get(), ++bound_, bytes.data() == nullptr ? "" : bytes.data(), bytes.size(), SQLITE_STATIC);
  require(code == SQLITE_OK, sqlite3_db_handle(statement_.get()), "bind");
  return *this;
}

bool SqlStatement::step() {
  const int code = sqlite3_step(statement_.get());
  require(code == SQLITE_ROW || code == SQLITE_DONE, sqlite3_db_handle(statement_.get()), "step");
  return code == SQLITE_ROW;
}

Result<bool> SqlStatement::try_step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW || code == SQLITE_DONE) return code == SQLITE_ROW;
  return file_failure(sqlite3_db_handle(statement_.get()));
}

void SqlStatement::reset() {
  sqlite3_reset(statement_.get());
  bound_ = 0;
}

bool SqlStatement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t SqlStatement::whole(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::optional<std::int64_t> SqlStatement::maybe_whole(int column) const {
  return is_null(column) ? std::nullopt : std::optional(whole(column));
}

std::string_view SqlStatement::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void SqlStatement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

SqlDatabase::SqlDatabase() {
  configure_once();
  sqlite3* database = nullptr;
  constexpr int kFlags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
  const int code = sqlite3_open_v2(":memory:", &database, kFlags, nullptr);
  database_.reset(database);
  require(code == SQLITE_OK, database, "open");
}

Result<SqlDatabase> SqlDatabase::open(const std::string& path, Access access) {
  configure_once();
  sqlite3* database = nullptr;
  const int code = sqlite3_open_v2(name_of(path, access).c_str(), &database,
                                   flags_of(access) | SQLITE_OPEN_NOMUTEX, nullptr);
  SqlDatabase opened(database);
  if (code != SQLITE_OK)
    return fail(ErrorKind::disk, fmt::format("cannot open {}: {}", path, message_of(database)));
  sqlite3_busy_timeout(database, kPatienceMs);
  return opened;
}

SqlStatement SqlDatabase::prepare(std::string_view sql) {
  auto statement = try_prepare(sql);
  require(statement.has_value(), database_.get(), sql);
  return std::move(*statement);
}

Result<SqlStatement> SqlDatabase::try_prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return file_failure(database_.get());
  return SqlStatement(statement);
}

Result<void> SqlDatabase::try_run(const std::string& sql) {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return file_failure(database_.get());
}

Result<std::optional<SqlStatement>> SqlDatabase::try_first(std::string_view sql) {
  auto statement = try_prepare(sql);
  if (!statement) return std::unexpected(std::move(statement.error()));
  const Result<bool> row = statement->try_step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::nullopt;
  return std::move(*statement);
}

void SqlDatabase::leave_log() {
  sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

void SqlDatabase::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

}  // namespace synthv1
