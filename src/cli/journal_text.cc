// SPDX-License-Identifier: Apache-2.0
#include "cli/journal_text.h"

#include "cli/quantities.h"
#include "synthv1/base/text.h"
#include "synthv1/commands/timestamp.h"

#include <algorithm>
#include <chrono>
#include <string_view>

#include <fmt/format.h>

namespace synthv1::cli {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t kReasonShown = 80;              ///< characters
constexpr std::uint64_t kMostFailuresOfAStart = 100;  ///< of a label, that a journal keeps
constexpr std::string_view kReplyRow =
    "{:>6}  {:>4}  {:>3}  {:<10}  {:<19}  {:<10}  {:>9}  {:>10}  {:>7}  {:<20}";
constexpr std::string_view kPurposeRow = "{:<12}{:>10}{:>10}{:>10}{:>10}{:>12}{:>15}{:>15}\n";
constexpr std::string_view kStartRow = "{:<6}{:<22}{:<22}{:>10}{:>15}{:>15}{:>12}\n";

double seconds(milliseconds time) { return std::chrono::duration<double>(time).count(); }

/// "2024-07-26T08:15:30Z".
std::string time_text(std::int64_t since_1970_ms) {
  const std::string text = format_time(WallTime(milliseconds(since_1970_ms)));
  return text.substr(0, text.find('.')) + "Z";
}

/// "12.3 s", from a minute on "1:02:03".
std::string long_time_text(milliseconds time) {
  return seconds(time) < 60 ? fmt::format("{:.1f} s", seconds(time)) : duration_text(seconds(time));
}

std::string tokens_text(const std::optional<std::int64_t>& tokens) {
  return tokens ? fmt::format("{}", *tokens) : "-";
}

std::string verdict_text(const std::optional<KeptVerdict>& kept) {
  if (!kept) return "not judged";
  std::string text(name_of(kept->verdict.kind));
  if (!kept->verdict.refused_as.empty()) text += ": " + kept->verdict.refused_as;
  return text;
}

/// What is odd about an attempt: another model than the run's, the reason of a refusal.
std::string remark_on(const KeptRow& row, const std::string& model) {
  const ChatReply& reply = row.reply.reply;
  std::string text;
  if (!reply.model.empty() && reply.model != model) text = fmt::format("  by {}", one_line(reply.model));
  if (row.verdict && !row.verdict->verdict.reason.empty())
    text += "  " + one_line(row.verdict->verdict.reason, kReasonShown);
  return text;
}

/// "12 faulty, 3 cut off"; `least`: counts from that on may be too low.
std::string counts_text(const NamedCounts& counts, std::uint64_t least) {
  std::vector<std::string> pieces;
  for (const auto& [name, number] : counts)
    pieces.push_back(
        fmt::format("{}{} {}", number >= least ? "at least " : "", count_text(number), one_line(name)));
  return join(pieces, ", ");
}

std::string purposes_text(const JournalTotals& totals) {
  std::string text = fmt::format(kPurposeRow, "purpose", "attempts", "accepted", "settled", "refused",
                                 "not judged", "tokens in", "tokens out");
  for (const auto& [purpose, sums] : totals.purposes) {
    text += fmt::format(kPurposeRow, purpose, count_text(sums.replies), count_text(sums.accepted),
                        count_text(sums.settled), count_text(sums.refused), count_text(sums.not_judged),
                        count_text(sums.tokens.prompt), count_text(sums.tokens.completion));
    if (!sums.classes.empty())
      text += fmt::format("  not accepted: {}\n", counts_text(sums.classes, UINT64_MAX));
    if (sums.uncounted > 0) text += fmt::format("  tokens unknown: of {}\n", count_text(sums.uncounted));
  }
  return text;
}

std::string start_row(std::string_view name, std::string_view began, std::string_view until,
                      const Spending& spending) {
  const TokenCount& counted = spending.counted;
  return fmt::format(kStartRow, name, began, until, count_text(spending.requests), count_text(counted.prompt),
                     count_text(counted.completion), count_text(spending.estimated.total()));
}

std::string starts_text(const JournalTotals& totals) {
  std::string text = fmt::format(kStartRow, "start", "began", "last reply", "requests", "tokens in",
                                 "tokens out", "estimated");
  for (std::size_t i = 0; i < totals.starts.size(); ++i) {
    const KeptStart& start = totals.starts[i];
    text += start_row(fmt::format("{}", i + 1), time_text(start.began_ms), time_text(start.until_ms),
                      start.spending);
  }
  if (totals.starts.size() > 1) text += start_row("all", "", "", totals.spent);
  return text;
}

std::string cost_text(const Spending& spent, const std::optional<Prices>& prices) {
  if (!prices) return "give --price_in and --price_out, the prices of a million tokens";
  TokenCount tokens = spent.counted;
  tokens += spent.estimated;
  return fmt::format("{:.4f}, at {} in and {} out for a million tokens{}", cost_of(tokens, *prices),
                     prices->in, prices->out,
                     spent.estimated.total() > 0 ? ", estimated tokens included" : "");
}

std::string time_spent_text(const JournalTotals& totals) {
  const Latencies& calls = totals.latencies;
  const auto span = totals.span();
  return fmt::format("{}{} in calls, {:.2f} s each, half of them within {:.2f} s",
                     span ? long_time_text(*span) + " from the first start to the last reply; " : "",
                     long_time_text(calls.sum()), seconds(calls.mean()), seconds(calls.median()));
}

}  // namespace

std::string journal_run_text(const std::string& path, const JournalMeta& run) {
  const JournalMeta notable = notable_options(run);
  std::size_t width = 0;
  for (const auto& [name, value] : notable) width = std::max(width, name.size());
  std::string text = path + "\n";
  for (const auto& [name, value] : notable)
    text += fmt::format("  {:<{}}  {}\n", name, width, one_line(value, 200));
  return text + "\n";
}

std::string journal_reply_header() {
  return fmt::format(kReplyRow, "record", "item", "try", "purpose", "verdict", "finish", "tokens in",
                     "tokens out", "seconds", "received") +
         "  remark\n";
}

std::string journal_reply_text(const KeptRow& row, const std::string& model) {
  const KeptReply& kept = row.reply;
  const ChatReply& reply = kept.reply;
  return fmt::format(kReplyRow, kept.record, kept.index, kept.attempt, kept.purpose,
                     verdict_text(row.verdict), one_line(reply.finish_reason, 10),
                     tokens_text(reply.usage.prompt_tokens), tokens_text(reply.usage.completion_tokens),
                     fmt::format("{:.2f}", seconds(reply.latency)), time_text(kept.received_ms)) +
         remark_on(row, model) + "\n";
}

std::string journal_totals_text(const JournalReport& report, const std::optional<Prices>& prices) {
  const JournalTotals& totals = report.totals;
  std::string text = purposes_text(totals) + "\n" + starts_text(totals) + "\n";
  const auto planned = report.run.find("num_records");
  const std::string of = planned == report.run.end() ? "" : " of " + planned->second;
  text += fmt::format("records       {}{} settled\n", totals.settled_records, of);
  if (!totals.failures.empty())
    text += fmt::format("failed calls  {}\n", counts_text(totals.failures, kMostFailuresOfAStart));
  text += fmt::format("cost          {}\n", cost_text(totals.spent, prices));
  if (totals.latencies.count() > 0) text += fmt::format("time          {}\n", time_spent_text(totals));
  return text;
}

}  // namespace synthv1::cli
