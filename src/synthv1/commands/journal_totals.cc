// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/journal_totals.h"

#include <algorithm>

namespace synthv1 {

namespace {

using std::chrono::milliseconds;

void judge(PurposeTotals& totals, const ReplyVerdict& verdict) {
  switch (verdict.kind) {
    case VerdictKind::accepted:
      ++totals.accepted;
      return;
    case VerdictKind::settled:
      ++totals.settled;
      break;
    case VerdictKind::refused:
      ++totals.refused;
      break;
  }
  ++totals.classes[verdict.refused_as];
}

}  // namespace

void Latencies::add(milliseconds latency) {
  ++counts_[latency];
  ++count_;
  sum_ += latency;
}

milliseconds Latencies::mean() const {
  return count_ == 0 ? milliseconds(0) : sum_ / static_cast<std::int64_t>(count_);
}

milliseconds Latencies::median() const {
  std::uint64_t left = (count_ + 1) / 2;
  for (const auto& [latency, count] : counts_) {
    if (left <= count) return latency;
    left -= count;
  }
  return milliseconds(0);
}

void JournalTotals::add(const KeptRow& row) {
  const KeptReply& kept = row.reply;
  const Usage& usage = kept.reply.usage;
  PurposeTotals& totals = purposes[kept.purpose];
  ++totals.replies;
  if (row.verdict) {
    judge(totals, row.verdict->verdict);
  } else {
    ++totals.not_judged;
  }
  totals.tokens += TokenCount{.prompt = usage.prompt_tokens.value_or(0),
                              .completion = usage.completion_tokens.value_or(0)};
  if (!usage.prompt_tokens || !usage.completion_tokens) ++totals.uncounted;
  latencies.add(kept.reply.latency);
  last_reply_ms = std::max(last_reply_ms.value_or(kept.received_ms), kept.received_ms);
}

void JournalTotals::add(const KeptStart& start) {
  starts.push_back(start);
  spent += start.spending;
}

std::optional<milliseconds> JournalTotals::span() const {
  if (starts.empty() || !last_reply_ms) return std::nullopt;
  return milliseconds(std::max<std::int64_t>(*last_reply_ms - starts.front().began_ms, 0));
}

}  // namespace synthv1
