// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/sqlite.h"

#include "synthv1/base/error.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace synthv1 {

namespace {

void require(bool good, sqlite3* database, std::string_view what) {
  if (good) return;
  check(false,
        fmt::format("SQLite, {}: {}", what, database == nullptr ? "no memory" : sqlite3_errmsg(database)));
}

}  // namespace

SqlStatement::SqlStatement(sqlite3* database, std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  statement_.reset(statement);
  require(code == SQLITE_OK, database, sql);
}

SqlStatement& SqlStatement::bind(std::int64_t value) {
  const int code = sqlite3_bind_int64(statement_.get(), ++bound_, value);
  require(code == SQLITE_OK, sqlite3_db_handle(statement_.get()), "bind");
  return *this;
}

bool SqlStatement::step() {
  const int code = sqlite3_step(statement_.get());
  require(code == SQLITE_ROW || code == SQLITE_DONE, sqlite3_db_handle(statement_.get()), "step");
  return code == SQLITE_ROW;
}

void SqlStatement::reset() {
  sqlite3_reset(statement_.get());
  bound_ = 0;
}

bool SqlStatement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t SqlStatement::whole(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string_view SqlStatement::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_.get(), column);
  if (bytes == nullptr) return {};
  return {reinterpret_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void SqlStatement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

SqlDatabase::SqlDatabase() {
  // Its memory statistics take a lock at every allocation, and nobody reads them.
  [[maybe_unused]] static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3* database = nullptr;
  constexpr int kFlags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
  const int code = sqlite3_open_v2(":memory:", &database, kFlags, nullptr);
  database_.reset(database);
  require(code == SQLITE_OK, database, "open");
}

void SqlDatabase::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

}  // namespace synthv1
