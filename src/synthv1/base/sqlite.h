// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace synthv1 {

/// A prepared statement. Failures are bugs of ours or a lack of memory, and throw BrokenInvariant.
class SqlStatement {
 public:
  SqlStatement(sqlite3* database, std::string_view sql);

  /// Binds the next parameter, from the first.
  SqlStatement& bind(std::int64_t value);
  /// Goes to the next row; false when there is none.
  bool step();
  /// To be bound and run anew.
  void reset();

  bool is_null(int column) const;
  std::int64_t whole(int column) const;
  /// Valid until the next step() or reset(); empty for NULL.
  std::string_view text(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bound_ = 0;
};

/// A database in memory, for one thread.
class SqlDatabase {
 public:
  SqlDatabase();

  SqlStatement prepare(std::string_view sql) { return SqlStatement(database_.get(), sql); }
  void run(std::string_view sql) { prepare(sql).step(); }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace synthv1
