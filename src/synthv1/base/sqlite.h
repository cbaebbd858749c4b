// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace synthv1 {

/// A prepared statement. What only a bug of ours or a lack of memory can bring about throws BrokenInvariant.
class SqlStatement {
 public:
  explicit SqlStatement(sqlite3_stmt* statement) : statement_(statement) {}

  /// Binds the next parameter, from the first. Text and bytes are not copied: they must live until reset().
  SqlStatement& bind(std::int64_t value);
  SqlStatement& bind(std::optional<std::int64_t> value);
  SqlStatement& bind(std::string_view text);
  SqlStatement& bind_bytes(std::string_view bytes);

  /// Goes to the next row; false when there is none. For databases in memory, where nothing can fail.
  bool step();
  /// The same for a file: ErrorKind::disk where it cannot be read or written, or is damaged.
  Result<bool> try_step();
  /// To be bound and run anew.
  void reset();

  bool is_null(int column) const;
  std::int64_t whole(int column) const;
  std::optional<std::int64_t> maybe_whole(int column) const;
  /// Text or bytes, valid until the next step or reset(); empty for NULL.
  std::string_view text(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bound_ = 0;
};

/// An SQLite database, for one thread at a time.
class SqlDatabase {
 public:
  /// `copy`: for reading where nobody writes and nothing can be made beside the file, which must have no log.
  enum class Access : std::uint8_t { read, write, create, copy };

  /// One in memory.
  SqlDatabase();
  /// A file; where another process has it locked for a moment, that is waited for. ErrorKind::disk where it
  /// cannot be opened or is no database.
  static Result<SqlDatabase> open(const std::string& path, Access access);

  SqlStatement prepare(std::string_view sql);
  void run(std::string_view sql) { prepare(sql).step(); }
  /// The same for a file: ErrorKind::disk where it cannot be read or written, or is damaged. try_run() takes
  /// several statements, too.
  Result<SqlStatement> try_prepare(std::string_view sql);
  Result<void> try_run(const std::string& sql);
  /// The statement at its first row; nothing where there is none.
  Result<std::optional<SqlStatement>> try_first(std::string_view sql);
  /// From now on its write-ahead log is left as it is when the database is closed: for where a sync has
  /// failed, after which nobody knows what the disk holds.
  void leave_log();

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  explicit SqlDatabase(sqlite3* database) : database_(database) {}

  std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace synthv1
