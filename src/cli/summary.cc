// SPDX-License-Identifier: Apache-2.0
#include "cli/summary.h"

#include <fmt/format.h>

namespace synthv1::cli {

namespace {

double seconds(std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); }

std::string block(const RecordSummary& record, std::uint32_t num_records, std::uint64_t seed) {
  std::string text = fmt::format("=== Generating dataset {}/{} ===\n", record.index + 1, num_records);
  text += fmt::format("Generated {} dates: {} to {}\n", record.sessions, format_date(record.first_date),
                      format_date(record.last_date));
  text += fmt::format("Total: {} turns, {} transactions\n", record.turns, record.transactions);
  text += fmt::format("Generated {} questions\n\n", record.questions);
  text += fmt::format("   - Task ID: {}\n   - Sessions: {}\n   - Chunks: {}\n   - Turns: {}\n",
                      record.task_id, record.sessions, record.sessions, record.turns);
  text += fmt::format("   - Transactions: {}\n   - Questions: {}\n   - Total amount: {}\n   - Seed: {}\n\n",
                      record.transactions, record.questions, format_money(record.total), seed);
  return text;
}

}  // namespace

std::string generate_summary(const GenerateOptions& options, const GenerateSummary& summary,
                             const std::vector<RecordSummary>& records) {
  std::string text;
  for (const RecordSummary& record : records) text += block(record, options.num_records, summary.seed);
  if (summary.records > records.size()) {
    text += fmt::format("... and {} more records\n\n", summary.records - records.size());
  }
  return text +
         fmt::format("✅ Dataset written to: {}\n", options.out == "-" ? "standard output" : options.out);
}

std::string generate_remarks(const GenerateOptions& options, const GenerateSummary& summary) {
  std::string text;
  if (options.num_records > 1) {
    const double megabytes = static_cast<double>(summary.bytes) / 1e6;
    const double writing = seconds(summary.writing);
    const std::string rate = options.embedded() ? fmt::format(" ({:.0f} MB/s)", megabytes / writing) : "";
    text += fmt::format("{:.1f} MB in {:.2f} s{}, synced in {:.2f} s\n", megabytes, writing, rate,
                        seconds(summary.syncing));
  }
  if (summary.kept_replies > 0) {
    text += fmt::format("{} {} kept from earlier starts\n", summary.kept_replies,
                        summary.kept_replies == 1 ? "reply was" : "replies were");
  }
  const CallCounters& calls = summary.calls;
  if (calls.calls > 0) {
    text += fmt::format("{} calls, {} replies accepted, {} tokens in, {} tokens out\n", calls.calls,
                        calls.accepted, calls.prompt_tokens, calls.completion_tokens);
    if (summary.cost) text += fmt::format("cost so far: {:.4f}\n", *summary.cost);
    for (const auto& [name, count] : calls.refused) text += fmt::format("  refused: {} {}\n", count, name);
    for (const auto& [name, count] : calls.failures) text += fmt::format("  failed: {} {}\n", count, name);
  }
  for (const std::string& remark : summary.remarks) text += fmt::format("⚠️ {}\n", remark);
  if (summary.imperfections > 0) {
    text += fmt::format("{} imperfections were accepted; each is named in its record's metadata\n",
                        summary.imperfections);
  }
  return text;
}

}  // namespace synthv1::cli
