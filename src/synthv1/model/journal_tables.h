// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/sqlite.h"
#include "synthv1/model/journal_rows.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace synthv1 {

/// How to read the rows of one table of a journal; the first column is the row's number, by which they are
/// ordered.
struct JournalQuery {
  std::string_view table;
  std::string_view columns;  ///< "SELECT ..."
  std::string_view number;   ///< the column to be compared with
  std::string_view alone{};  ///< as `columns`, for rows beside which another table cannot be read
};

extern const JournalQuery kReplyRows, kFailureRows, kRecordRows, kStartRows;

/// The rows at which such a query stands; nothing where they are damaged.
std::optional<KeptRow> read_reply_row(const SqlStatement& row);
/// Whether a verdict stands beside such a reply, whole or not.
bool has_verdict(const SqlStatement& row);
std::optional<KeptFailure> read_failure_row(const SqlStatement& row);
std::optional<KeptRecord> read_record_row(const SqlStatement& row);
std::optional<KeptStart> read_start_row(const SqlStatement& row);

/// The statements that write rows. The rows must live until run.
class JournalInserts {
 public:
  static Result<JournalInserts> prepare(SqlDatabase& database);

  Result<void> insert(const KeptReply& row);
  Result<void> insert(const KeptVerdict& row);
  Result<void> insert(const KeptFailure& row);
  Result<void> insert(const KeptRecord& row);
  Result<void> insert(const KeptStart& row);
  Result<void> insert_meta(std::string_view name, std::string_view value);

 private:
  JournalInserts(SqlStatement reply, SqlStatement verdict, SqlStatement failure, SqlStatement record,
                 SqlStatement start, SqlStatement meta);

  SqlStatement reply_, verdict_, failure_, record_, start_, meta_;
};

/// Whether the database is a journal that this version can read; an empty one becomes one where `create`.
enum class IfEmpty : std::uint8_t { create, refuse };
Result<void> check_journal_format(SqlDatabase& database, const std::string& path, IfEmpty if_empty);

}  // namespace synthv1
