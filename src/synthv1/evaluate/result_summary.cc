// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/result_summary.h"

#include "synthv1/base/json_write.h"
#include "synthv1/base/text.h"

#include <algorithm>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::array<std::uint32_t, kDistanceNames.size()> kDistanceFrom = {0, 1, 5, 10, 20, 50};

void write_share(json::Writer& writer, std::string_view name, double share) {
  writer.key(name).number(fmt::format("{:.6f}", share));
}

void write_tally(json::Writer& writer, std::string_view name, const Tally& tally) {
  writer.key(name).begin_object();
  writer.key("asked").integer(tally.asked).key("answered").integer(tally.answered);
  writer.key("correct").integer(tally.correct).key("tolerant").integer(tally.tolerant);
  write_share(writer, "accuracy", tally.accuracy());
  write_share(writer, "accuracy_of_answered", tally.accuracy_of_answered());
  write_share(writer, "f1", tally.mean_f1());
  const Interval interval = tally.interval();
  writer.key("wilson95").begin_array();
  writer.number(fmt::format("{:.6f}", interval.low)).number(fmt::format("{:.6f}", interval.high));
  writer.end_array().end_object();
}

double mean_recall(const ResultSummary& summary) {
  return summary.evidence_recall / static_cast<double>(summary.retrievals);
}

template <std::size_t N>
void write_counts(json::Writer& writer, std::string_view name, const std::array<std::string_view, N>& names,
                  const std::array<std::uint64_t, N>& counts) {
  writer.key(name).begin_object();
  for (std::size_t i = 0; i < N; ++i) writer.key(names[i]).integer(counts[i]);
  writer.end_object();
}

std::string tally_row(std::string_view name, const Tally& tally) {
  if (tally.asked == 0) return {};
  const Interval interval = tally.interval();
  return fmt::format("{:<34}{:>8}{:>10}{:>9}{:>8.1f} %   {:>5.1f} to {:>5.1f} %{:>8.1f} %\n", name,
                     tally.asked, tally.answered, tally.correct, 100 * tally.accuracy(), 100 * interval.low,
                     100 * interval.high,
                     100.0 * static_cast<double>(tally.tolerant) / static_cast<double>(tally.asked));
}

template <std::size_t N>
std::string counts_line(std::string_view name, const std::array<std::string_view, N>& names,
                        const std::array<std::uint64_t, N>& counts) {
  std::vector<std::string> pieces;
  for (std::size_t i = 0; i < N; ++i) {
    if (counts[i] > 0) pieces.push_back(fmt::format("{} {}", counts[i], names[i]));
  }
  return fmt::format("{:<10}{}\n", name, join(pieces, ", "));
}

}  // namespace

void Tally::add(const Score& score) {
  ++asked;
  if (score.status == AnswerStatus::ok) ++answered;
  if (score.correct) ++correct;
  if (score.tolerant) ++tolerant;
  f1 += score.f1;
}

void ScoreCounts::add(const Score& score, const DueAnswer& due) {
  Tally::add(score);
  ++statuses[static_cast<std::size_t>(score.status)];
  ++reasons[static_cast<std::size_t>(score.reason)];
  if (const auto error = relative_error(score, due)) relative_errors.push_back(*error);
}

std::optional<double> ScoreCounts::median_relative_error() const {
  if (relative_errors.empty()) return std::nullopt;
  std::vector<double> sorted = relative_errors;
  std::ranges::sort(sorted);
  const std::size_t half = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

std::size_t distance_class(std::uint32_t distance) {
  return static_cast<std::size_t>(std::ranges::upper_bound(kDistanceFrom, distance) - kDistanceFrom.begin()) -
         1;
}

void ResultSummary::add(const ResultRow& row) {
  all.add(row.score, {.text = row.due, .form = form_of(row.due)});
  by_category[row.category].add(row.score);
  (row.distance ? by_distance[distance_class(*row.distance)] : without_distance).add(row.score);
  prompt_tokens += row.prompt_tokens.value_or(0);
  completion_tokens += row.completion_tokens.value_or(0);
  if (row.chunks_left_out > 0) ++cut;
  chunks_left_out += row.chunks_left_out;
  if (row.evidence_recall) {
    ++retrievals;
    evidence_recall += *row.evidence_recall;
  }
}

std::string summary_json(const RunFacts& facts, const ResultSummary& summary) {
  std::string text;
  json::Writer writer(text, json::Writer::Style::pretty);
  writer.begin_object();
  for (const auto& [name, value] : facts.named) writer.key(name).string(value);
  writer.key("files").begin_array();
  for (const std::string& file : facts.files) writer.string(file);
  writer.end_array();
  write_tally(writer, "all", summary.all);
  writer.key("by_category").begin_object();
  for (const auto& [category, tally] : summary.by_category) write_tally(writer, category, tally);
  writer.end_object().key("by_distance").begin_object();
  for (std::size_t i = 0; i < kDistanceNames.size(); ++i)
    write_tally(writer, kDistanceNames[i], summary.by_distance[i]);
  write_tally(writer, "none", summary.without_distance);
  writer.end_object();
  write_counts(writer, "statuses", kAnswerStatusNames, summary.all.statuses);
  write_counts(writer, "reasons", kScoreReasonNames, summary.all.reasons);
  writer.key("prompt_tokens").integer(summary.prompt_tokens);
  writer.key("completion_tokens").integer(summary.completion_tokens);
  if (const auto error = summary.all.median_relative_error())
    write_share(writer, "median_relative_error", *error);
  if (summary.retrievals > 0) {
    writer.key("retrievals").integer(summary.retrievals);
    write_share(writer, "evidence_recall", mean_recall(summary));
  }
  writer.key("questions_cut").integer(summary.cut);
  writer.key("chunks_left_out").integer(summary.chunks_left_out).end_object();
  return text + "\n";
}

std::string summary_text(const ResultSummary& summary) {
  std::string text = fmt::format("{:<34}{:>8}{:>10}{:>9}{:>10}   {:>16}{:>10}\n", "", "asked", "answered",
                                 "right", "accuracy", "95 % interval", "tolerant");
  text += tally_row("all", summary.all);
  for (const auto& [category, tally] : summary.by_category) text += tally_row("  " + category, tally);
  for (std::size_t i = 0; i < kDistanceNames.size(); ++i)
    text += tally_row(fmt::format("  {} chunks back", kDistanceNames[i]), summary.by_distance[i]);
  text += tally_row("  no evidence to look back to", summary.without_distance) + "\n";
  text += counts_line("status", kAnswerStatusNames, summary.all.statuses);
  text += counts_line("verdicts", kScoreReasonNames, summary.all.reasons);
  if (const auto error = summary.all.median_relative_error())
    text += fmt::format("off by    {:.1f} % of the amount due, median of the wrong amounts\n", 100 * *error);
  if (summary.all.mean_f1() > summary.all.accuracy())
    text += fmt::format("F1        {:.1f} %, with part of the credit for part of a set\n",
                        100 * summary.all.mean_f1());
  if (summary.retrievals > 0) {
    text += fmt::format("evidence  {:.1f} % of it retrieved, mean of {}\n", 100 * mean_recall(summary),
                        counted(summary.retrievals, "question"));
  }
  if (summary.cut > 0) {
    text += fmt::format("cut       of {}, the oldest {} did not fit the context\n",
                        counted(summary.cut, "question"), counted(summary.chunks_left_out, "chunk"));
  }
  return text;
}

}  // namespace synthv1
