// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/journal_report.h"

#include "synthv1/base/file_lock.h"
#include "synthv1/base/sqlite_wal.h"
#include "synthv1/base/text.h"
#include "synthv1/commands/run_identity.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::string_view kEnding = ".journal";
constexpr std::string_view kDatabaseBegins("SQLite format 3\0", 16);
constexpr std::array<std::string_view, 4> kAlwaysNotable = {"base_url", "model", "num_records", "seed"};

bool is_file(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored) && !std::filesystem::is_directory(path, ignored);
}

/// Whether it can be read and begins as databases do.
bool looks_like_database(const std::string& path) {
  std::string front(kDatabaseBegins.size(), '\0');
  std::ifstream file(path, std::ios::binary);
  return file.read(front.data(), static_cast<std::streamsize>(front.size())) && front == kDatabaseBegins;
}

/// Bytes of the log that are lost. While a run writes it, its end is not yet what it will be.
std::uint64_t lost_log_bytes(const std::string& path) {
  const std::uint64_t lost = damaged_wal_bytes(path + "-wal");
  return lost > 0 && FileLock::is_taken(path) ? 0 : lost;
}

Error unreadable(const std::string& path, Error error) {
  if (error.kind != ErrorKind::disk) return error;
  if (!looks_like_database(path)) return {ErrorKind::usage, path + " is no journal of synthv1"};
  return {ErrorKind::faulty, fmt::format("nothing of {} can be read: {}", path, error.message)};
}

std::string describe(const std::string& path, const TableDamage& damage) {
  const std::string_view noun = damage.table == "meta" ? "option of the run" : damage.table;
  const std::string plural = damage.table == "reply"  ? "replies"
                             : damage.table == "meta" ? "options of the run"
                                                      : fmt::format("{}s", noun);
  std::string text = path + ": ";
  if (damage.rows > 0) {
    text += damage.rows == 1 ? fmt::format("1 {} is damaged and left out", noun)
                             : fmt::format("{} {} are damaged and left out", damage.rows, plural);
  }
  if (damage.cut_short) {
    text += fmt::format("{}the {} cannot be read to their end", damage.rows > 0 ? "; " : "", plural);
  }
  return text;
}

JournalReader reader_of(const std::string& path, JournalReport& report, JournalListener& listener) {
  JournalTotals& totals = report.totals;
  return {.reply =
              [&](const KeptRow& row) {
                totals.add(row);
                listener.reply(row);
              },
          .failure =
              [&](const KeptFailure& row) {
                totals.add(row);
                listener.failure(row);
              },
          .record =
              [&](const KeptRecord& row) {
                totals.add(row);
                listener.record(row);
              },
          .start =
              [&](const KeptStart& row) {
                totals.add(row);
                listener.start(row);
              },
          .damaged = [&](const TableDamage& damage) { report.damage.push_back(describe(path, damage)); }};
}

}  // namespace

Result<std::string> find_journal(const std::string& path) {
  const std::string beside = path + std::string(kEnding);
  if (is_file(beside)) return beside;
  if (is_file(path)) return path;
  return fail(ErrorKind::usage,
              fmt::format("there is no {} and no {}: name the output of a run by a model, or its journal",
                          path, beside));
}

Result<JournalReport> report_journal(const std::string& path, JournalListener& listener) {
  JournalReport report;
  const std::uint64_t lost = lost_log_bytes(path);
  auto file = JournalFile::open_to_read(path);
  if (!file) return std::unexpected(unreadable(path, std::move(file.error())));
  if (lost > 0) report.damage.push_back(fmt::format("{}-wal: the last {} bytes are damaged", path, lost));
  if (!file->is_sound()) report.damage.push_back(path + ": its tables do not hold together");
  report.run = file->meta().value_or(JournalMeta());
  listener.run(report.run);
  file->read(reader_of(path, report, listener));
  return report;
}

JournalMeta notable_options(const JournalMeta& run) {
  const JournalMeta by_default = identity_of(GenerateOptions(), Catalogue());
  JournalMeta notable;
  for (const auto& [name, value] : run) {
    const auto same = by_default.find(name);
    const bool always = std::find(kAlwaysNotable.begin(), kAlwaysNotable.end(), name) != kAlwaysNotable.end();
    if (always || same == by_default.end() || same->second != value) notable.emplace(name, value);
  }
  return notable;
}

}  // namespace synthv1
