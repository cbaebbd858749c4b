// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/journal_tables.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::int64_t kApplicationId = 0x53763161;  // marks the file as a journal of ours
constexpr std::int64_t kFormat = 1;

constexpr std::string_view kTables = R"(
BEGIN;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE reply (
  id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE,
  purpose TEXT NOT NULL, record INTEGER NOT NULL, item INTEGER NOT NULL, attempt INTEGER NOT NULL,
  finish_reason TEXT NOT NULL, model TEXT NOT NULL,
  prompt_tokens INTEGER, completion_tokens INTEGER, latency_ms INTEGER NOT NULL, received_ms INTEGER NOT NULL,
  checksum INTEGER NOT NULL, content TEXT NOT NULL);
CREATE TABLE verdict (
  reply INTEGER PRIMARY KEY, verdict TEXT NOT NULL, class TEXT NOT NULL, reason TEXT NOT NULL,
  checker TEXT NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE failure (
  id INTEGER PRIMARY KEY, purpose TEXT NOT NULL, record INTEGER NOT NULL, item INTEGER NOT NULL,
  attempt INTEGER NOT NULL, class TEXT NOT NULL, message TEXT NOT NULL, failed_ms INTEGER NOT NULL,
  checksum INTEGER NOT NULL);
CREATE TABLE record (id INTEGER PRIMARY KEY, checker TEXT NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE start (
  began_ms INTEGER PRIMARY KEY, until_ms INTEGER NOT NULL, requests INTEGER NOT NULL,
  prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL,
  estimated_prompt_tokens INTEGER NOT NULL, estimated_completion_tokens INTEGER NOT NULL,
  checksum INTEGER NOT NULL);
PRAGMA application_id = {};
PRAGMA user_version = {};
COMMIT;)";

constexpr int kVerdictColumn = 14;

std::optional<VerdictKind> verdict_of(std::string_view name) {
  const auto found = std::find(kVerdictNames.begin(), kVerdictNames.end(), name);
  if (found == kVerdictNames.end()) return std::nullopt;
  return static_cast<VerdictKind>(found - kVerdictNames.begin());
}

std::uint32_t small(const SqlStatement& row, int column) {
  return static_cast<std::uint32_t>(row.whole(column));
}

/// The verdict beside a reply; nothing where there is none whole.
std::optional<KeptVerdict> read_verdict(const SqlStatement& row, const std::string& key) {
  constexpr int kFirst = kVerdictColumn;
  const auto kind = verdict_of(row.text(kFirst));
  if (!kind) return std::nullopt;
  KeptVerdict kept{.key = key,
                   .verdict = {.kind = *kind,
                               .refused_as = std::string(row.text(kFirst + 1)),
                               .reason = std::string(row.text(kFirst + 2))},
                   .checker = std::string(row.text(kFirst + 3))};
  if (row.whole(kFirst + 4) != checksum_of(kept)) return std::nullopt;
  return kept;
}

std::optional<KeptReply> read_reply(const SqlStatement& row) {
  KeptReply kept{
      .key = std::string(row.text(1)),
      .purpose = std::string(row.text(2)),
      .record = small(row, 3),
      .index = small(row, 4),
      .attempt = small(row, 5),
      .reply = {.content = std::string(row.text(13)),
                .finish_reason = std::string(row.text(6)),
                .model = std::string(row.text(7)),
                .usage = {.prompt_tokens = row.maybe_whole(8), .completion_tokens = row.maybe_whole(9)},
                .latency = std::chrono::milliseconds(row.whole(10))},
      .received_ms = row.whole(11)};
  if (row.whole(12) != checksum_of(kept)) return std::nullopt;
  kept.reply.key = kept.key;
  return kept;
}

Result<std::int64_t> number(SqlDatabase& database, std::string_view sql) {
  const auto row = database.try_first(sql);
  if (!row) return std::unexpected(row.error());
  return *row ? (*row)->whole(0) : 0;
}

Result<void> run(SqlStatement& statement) {
  const Result<bool> done = statement.try_step();
  statement.reset();
  if (!done) return std::unexpected(done.error());
  return {};
}

SqlStatement& bind_place(SqlStatement& into, std::uint32_t record, std::uint32_t index,
                         std::uint32_t attempt) {
  return into.bind(std::int64_t{record}).bind(std::int64_t{index}).bind(std::int64_t{attempt});
}

}  // namespace

const JournalQuery kReplyRows = {
    "reply",
    "SELECT reply.id, reply.key, purpose, record, item, attempt, finish_reason, model, prompt_tokens, "
    "completion_tokens, latency_ms, received_ms, reply.checksum, content, verdict, class, reason, checker, "
    "verdict.checksum FROM reply LEFT JOIN verdict ON verdict.reply = reply.id",
    "reply.id",
    "SELECT id, key, purpose, record, item, attempt, finish_reason, model, prompt_tokens, completion_tokens, "
    "latency_ms, received_ms, checksum, content, NULL, NULL, NULL, NULL, NULL FROM reply"};
const JournalQuery kFailureRows = {
    "failure", "SELECT id, purpose, record, item, attempt, class, message, failed_ms, checksum FROM failure",
    "id"};
const JournalQuery kRecordRows = {"record", "SELECT id, checker, checksum FROM record", "id"};
const JournalQuery kStartRows = {
    "start",
    "SELECT began_ms, until_ms, requests, prompt_tokens, completion_tokens, estimated_prompt_tokens, "
    "estimated_completion_tokens, checksum FROM start",
    "began_ms"};

std::optional<KeptRow> read_reply_row(const SqlStatement& row) {
  auto reply = read_reply(row);
  if (!reply) return std::nullopt;
  auto verdict = read_verdict(row, reply->key);
  return KeptRow{std::move(*reply), std::move(verdict)};
}

bool has_verdict(const SqlStatement& row) { return !row.is_null(kVerdictColumn); }

std::optional<KeptFailure> read_failure_row(const SqlStatement& row) {
  KeptFailure kept{.purpose = std::string(row.text(1)),
                   .record = small(row, 2),
                   .index = small(row, 3),
                   .attempt = small(row, 4),
                   .label = std::string(row.text(5)),
                   .message = std::string(row.text(6)),
                   .failed_ms = row.whole(7)};
  if (row.whole(8) != checksum_of(kept)) return std::nullopt;
  return kept;
}

std::optional<KeptRecord> read_record_row(const SqlStatement& row) {
  KeptRecord kept{.index = small(row, 0), .checker = std::string(row.text(1))};
  if (row.whole(2) != checksum_of(kept)) return std::nullopt;
  return kept;
}

std::optional<KeptStart> read_start_row(const SqlStatement& row) {
  const KeptStart kept{.began_ms = row.whole(0),
                       .until_ms = row.whole(1),
                       .spending = {.requests = static_cast<std::uint64_t>(row.whole(2)),
                                    .counted = {.prompt = row.whole(3), .completion = row.whole(4)},
                                    .estimated = {.prompt = row.whole(5), .completion = row.whole(6)}}};
  if (row.whole(7) != checksum_of(kept)) return std::nullopt;
  return kept;
}

JournalInserts::JournalInserts(SqlStatement reply, SqlStatement verdict, SqlStatement failure,
                               SqlStatement record, SqlStatement start, SqlStatement meta)
    : reply_(std::move(reply)),
      verdict_(std::move(verdict)),
      failure_(std::move(failure)),
      record_(std::move(record)),
      start_(std::move(start)),
      meta_(std::move(meta)) {}

Result<JournalInserts> JournalInserts::prepare(SqlDatabase& database) {
  auto reply = database.try_prepare(
      "INSERT INTO reply (key, purpose, record, item, attempt, finish_reason, model, prompt_tokens, "
      "completion_tokens, latency_ms, received_ms, checksum, content) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
      "purpose = excluded.purpose, record = excluded.record, item = excluded.item, "
      "attempt = excluded.attempt, finish_reason = excluded.finish_reason, model = excluded.model, "
      "prompt_tokens = excluded.prompt_tokens, completion_tokens = excluded.completion_tokens, "
      "latency_ms = excluded.latency_ms, received_ms = excluded.received_ms, checksum = excluded.checksum, "
      "content = excluded.content");
  if (!reply) return std::unexpected(std::move(reply.error()));
  auto verdict = database.try_prepare(
      "INSERT OR REPLACE INTO verdict (reply, verdict, class, reason, checker, checksum) "
      "SELECT id, ?, ?, ?, ?, ? FROM reply WHERE key = ?");
  if (!verdict) return std::unexpected(std::move(verdict.error()));
  auto failure = database.try_prepare(
      "INSERT INTO failure (purpose, record, item, attempt, class, message, failed_ms, checksum) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  if (!failure) return std::unexpected(std::move(failure.error()));
  auto record =
      database.try_prepare("INSERT OR REPLACE INTO record (id, checker, checksum) VALUES (?, ?, ?)");
  if (!record) return std::unexpected(std::move(record.error()));
  auto start = database.try_prepare("INSERT OR REPLACE INTO start VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  if (!start) return std::unexpected(std::move(start.error()));
  auto meta = database.try_prepare("INSERT OR REPLACE INTO meta (name, value, checksum) VALUES (?, ?, ?)");
  if (!meta) return std::unexpected(std::move(meta.error()));
  return JournalInserts(std::move(*reply), std::move(*verdict), std::move(*failure), std::move(*record),
                        std::move(*start), std::move(*meta));
}

Result<void> JournalInserts::insert(const KeptReply& row) {
  const ChatReply& reply = row.reply;
  reply_.bind_bytes(row.key).bind(std::string_view(row.purpose));
  bind_place(reply_, row.record, row.index, row.attempt);
  reply_.bind(std::string_view(reply.finish_reason)).bind(std::string_view(reply.model));
  reply_.bind(reply.usage.prompt_tokens).bind(reply.usage.completion_tokens);
  reply_.bind(std::int64_t{reply.latency.count()}).bind(row.received_ms).bind(checksum_of(row));
  reply_.bind(std::string_view(reply.content));
  return run(reply_);
}

Result<void> JournalInserts::insert(const KeptVerdict& row) {
  verdict_.bind(name_of(row.verdict.kind)).bind(std::string_view(row.verdict.refused_as));
  verdict_.bind(std::string_view(row.verdict.reason)).bind(std::string_view(row.checker));
  verdict_.bind(checksum_of(row)).bind_bytes(row.key);
  return run(verdict_);
}

Result<void> JournalInserts::insert(const KeptFailure& row) {
  failure_.bind(std::string_view(row.purpose));
  bind_place(failure_, row.record, row.index, row.attempt);
  failure_.bind(std::string_view(row.label)).bind(std::string_view(row.message));
  failure_.bind(row.failed_ms).bind(checksum_of(row));
  return run(failure_);
}

Result<void> JournalInserts::insert(const KeptRecord& row) {
  record_.bind(std::int64_t{row.index}).bind(std::string_view(row.checker)).bind(checksum_of(row));
  return run(record_);
}

Result<void> JournalInserts::insert(const KeptStart& row) {
  const Spending& spent = row.spending;
  start_.bind(row.began_ms).bind(row.until_ms).bind(static_cast<std::int64_t>(spent.requests));
  start_.bind(spent.counted.prompt).bind(spent.counted.completion);
  start_.bind(spent.estimated.prompt).bind(spent.estimated.completion).bind(checksum_of(row));
  return run(start_);
}

Result<void> JournalInserts::insert_meta(std::string_view name, std::string_view value) {
  meta_.bind(name).bind(value).bind(checksum_of_meta(name, value));
  return run(meta_);
}

Result<void> check_journal_format(SqlDatabase& database, const std::string& path, IfEmpty if_empty) {
  const auto tables = number(database, "SELECT count(*) FROM sqlite_schema");
  if (!tables) return std::unexpected(tables.error());
  if (*tables == 0 && if_empty == IfEmpty::create)
    return database.try_run(fmt::format(fmt::runtime(kTables), kApplicationId, kFormat));
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

}  // namespace synthv1
