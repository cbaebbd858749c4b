// SPDX-License-Identifier: Apache-2.0
#include "cli/panel.h"

#include "cli/quantities.h"
#include "synthv1/base/display_width.h"
#include "synthv1/base/text.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace synthv1::cli {

namespace {

constexpr std::size_t kBarWidth = 24;
constexpr std::size_t kRetriesNamed = 4;
constexpr std::size_t kNarrow = 60;  ///< columns; below, there are numbers and no bars

struct NamedPortion {
  std::string_view name;
  const Portion& portion;
};

/// What there is to do of each kind.
std::vector<NamedPortion> portions_of(const RunStatus& status) {
  std::vector<NamedPortion> portions = {{"records", status.records}};
  if (status.sessions.total > 0) portions.push_back({"sessions", status.sessions});
  if (status.questions.total > 0) portions.push_back({"questions", status.questions});
  if (status.paraphrases.total > 0) portions.push_back({"paraphrases", status.paraphrases});
  return portions;
}

std::string portion_text(const Portion& portion) {
  std::string text = fmt::format("{}/{}", count_text(portion.done), count_text(portion.total));
  if (portion.per_second) text += "  " + rate_text(*portion.per_second);
  return text;
}

std::string elapsed_text(const RunStatus& status) {
  std::string text = duration_text(std::chrono::duration<double>(status.elapsed).count());
  if (status.stage == RunStage::stopping) return text + ", stopping: no new calls";
  if (!status.time_left) return text;
  return text + fmt::format(", {} left", duration_text(static_cast<double>(status.time_left->count())));
}

std::uint64_t whole(double number) { return static_cast<std::uint64_t>(number + 0.5); }

std::string tokens_text(const RunStatus& status) {
  const CallCounters& calls = status.calls;
  std::string text =
      fmt::format("{} in, {} out", count_text(calls.prompt_tokens), count_text(calls.completion_tokens));
  if (status.tokens_per_second) text = count_text(whole(*status.tokens_per_second)) + "/s, " + text;
  return text;
}

std::string calls_text(const RunStatus& status) {
  std::string text =
      fmt::format("{} in flight of {}", count_text(status.in_flight), count_text(status.limit));
  if (status.waiting > 0) text += fmt::format(", {} waiting", count_text(status.waiting));
  if (status.held_for.count() > 0) {
    text += fmt::format(", held for {} s", std::chrono::ceil<std::chrono::seconds>(status.held_for).count());
  }
  return text;
}

std::string replies_text(const CallCounters& calls) {
  std::string text = count_text(calls.accepted) + " accepted";
  if (calls.kept > 0) text += fmt::format(", {} out of the journal", count_text(calls.kept));
  return text;
}

/// Refused replies and failed calls, the most frequent kinds named.
std::string retries_text(const CallCounters& calls) {
  std::vector<std::pair<std::uint64_t, std::string>> kinds;
  std::uint64_t all = 0;
  for (const auto* counts : {&calls.refused, &calls.failures}) {
    for (const auto& [name, count] : *counts) {
      kinds.emplace_back(count, name);
      all += count;
    }
  }
  std::sort(kinds.begin(), kinds.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::string text = count_text(all) + ":";
  for (std::size_t i = 0; i < std::min(kinds.size(), kRetriesNamed); ++i) {
    text += fmt::format("{} {} {}", i > 0 ? "," : "", kinds[i].second, count_text(kinds[i].first));
  }
  if (kinds.size() > kRetriesNamed) {
    text += fmt::format(" and {}", counted(kinds.size() - kRetriesNamed, "other kind"));
  }
  return text;
}

std::string money_text(double amount) {
  return amount >= 10 ? fmt::format("{:.2f}", amount) : fmt::format("{:.4f}", amount);
}

/// What was spent and what is left of the budgets; empty where neither is known.
std::string cost_text(const RunStatus& status) {
  const BudgetLeft& left = status.left;
  std::vector<std::string> pieces;
  if (left.cost) pieces.push_back(money_text(*left.cost));
  if (left.tokens) pieces.push_back(count_text(*left.tokens) + " tokens");
  if (left.requests) pieces.push_back(count_text(*left.requests) + " requests");
  if (left.time) pieces.push_back(duration_text(static_cast<double>(left.time->count())));
  std::string text = status.cost ? money_text(*status.cost) : "";
  if (pieces.empty()) return text;
  return text + (text.empty() ? "" : ", ") + join(pieces, ", ") + " left";
}

/// Lines of a name and a text.
class Lines {
 public:
  explicit Lines(std::size_t width) : width_(width) {}

  void add(std::string_view name, std::string_view text) { add(fmt::format("{:<12}{}", name, text)); }
  void add(std::string_view line) { lines_.emplace_back(cut_to_width(line, width_)); }
  std::vector<std::string> take() { return std::move(lines_); }

 private:
  std::size_t width_;
  std::vector<std::string> lines_;
};

}  // namespace

std::string bar_text(std::string_view name, std::uint64_t done, std::uint64_t total) {
  const double share = static_cast<double>(std::min(done, total)) / static_cast<double>(total);
  const auto filled = static_cast<std::size_t>(share * kBarWidth);
  return fmt::format("{:<12}[{:#<{}}{:.<{}}] {:3.0f}%", name, "", filled, "", kBarWidth - filled,
                     share * 100);
}

std::vector<std::string> panel_lines(const RunStatus& status, std::size_t width) {
  Lines lines(width);
  for (const auto& [name, portion] : portions_of(status)) {
    const std::string text = portion_text(portion);
    if (width < kNarrow || portion.total == 0) {
      lines.add(name, text);
    } else {
      lines.add(bar_text(name, portion.done, portion.total) + "  " + text);
    }
  }
  const CallCounters& calls = status.calls;
  lines.add("time", elapsed_text(status));
  if (status.limit > 0) lines.add("calls", calls_text(status));
  if (calls.prompt_tokens + calls.completion_tokens > 0) lines.add("tokens", tokens_text(status));
  if (calls.replies > 0) lines.add("replies", replies_text(calls));
  if (const std::string cost = cost_text(status); !cost.empty()) lines.add("cost", cost);
  if (!calls.refused.empty() || !calls.failures.empty()) lines.add("retries", retries_text(calls));
  if (!status.message.empty()) lines.add("last fault", one_line(status.message, 400));
  return lines.take();
}

std::string status_line(const RunStatus& status) {
  std::vector<std::string> pieces;
  for (const auto& [name, portion] : portions_of(status)) {
    pieces.push_back(fmt::format("{} {}/{}", name, portion.done, portion.total));
  }
  if (status.tokens_per_second) pieces.push_back(count_text(whole(*status.tokens_per_second)) + " tokens/s");
  if (status.limit > 0) pieces.push_back(calls_text(status));
  const CallCounters& calls = status.calls;
  if (!calls.refused.empty() || !calls.failures.empty()) pieces.push_back("retries " + retries_text(calls));
  if (const std::string cost = cost_text(status); !cost.empty()) pieces.push_back("cost " + cost);
  pieces.push_back("time " + elapsed_text(status));
  return join(pieces, "; ");
}

}  // namespace synthv1::cli
