// SPDX-License-Identifier: Apache-2.0
#include "cli/compare_text.h"

#include "cli/quantities.h"
#include "cli/table.h"
#include "synthv1/base/text.h"

#include <limits>

#include <fmt/format.h>

namespace synthv1::cli {

namespace {

constexpr std::size_t kNameShown = 50;  ///< characters of what the files name

/// Points of percent, with their sign.
std::string points(double difference) { return fmt::format("{:+.1f}", 100 * difference); }

std::string probability_text(double p) { return p < 0.0001 ? "<0.0001" : fmt::format("{:.4f}", p); }

std::string runs_text(const Comparison& comparison) {
  std::string text;
  for (std::size_t i = 0; i < comparison.runs.size(); ++i) {
    const ComparedRun& run = comparison.runs[i];
    text += i == 0 ? "base  " : "run   ";
    text += one_line(run.file, kNameShown);
    if (!run.agent.empty()) text += "  agent " + one_line(run.agent, kNameShown);
    if (!run.model.empty()) text += "  model " + one_line(run.model, kNameShown);
    text += "  " + counted(run.questions, "question");
    const std::uint64_t left_out = run.questions - comparison.questions;
    if (left_out > 0) text += fmt::format(", {} not in all runs: left out", count_text(left_out));
    const Tally& tally = comparison.all[i].tally;
    if (tally.answered < tally.asked)
      text += fmt::format(", {} without an answer: wrong", count_text(tally.asked - tally.answered));
    text += '\n';
  }
  return text;
}

void add_scores(Table& table, const Comparison& comparison, const std::vector<RunScore>& scores) {
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Tally& tally = scores[i].tally;
    const Interval own = tally.interval();
    std::vector<std::string> row{"  " + one_line(comparison.runs[i].file, kNameShown),
                                 count_text(tally.correct), fmt::format("{:.1f} %", 100 * tally.accuracy()),
                                 fmt::format("{:.1f} to {:.1f}", 100 * own.low, 100 * own.high)};
    if (i > 0) {
      const PairedCounts& pairs = scores[i].against_base;
      const Interval apart = difference95(pairs);
      row.push_back(points(pairs.difference()));
      row.push_back(points(apart.low) + " to " + points(apart.high));
      row.push_back(count_text(pairs.only_run));
      row.push_back(count_text(pairs.only_base));
      row.push_back(probability_text(mcnemar_p(pairs)));
    }
    table.add(std::move(row));
  }
}

}  // namespace

std::string compare_text(const Comparison& comparison) {
  Table table;
  table.add({"", "right", "accuracy", "95 %", "points", "95 %", "won", "lost", "p"});
  table.add({fmt::format("all, {}", counted(comparison.questions, "question"))});
  add_scores(table, comparison, comparison.all);
  for (const auto& [category, scores] : comparison.by_category) {
    table.add({fmt::format("{}, {}", one_line(category, kNameShown), scores.front().tally.asked)});
    add_scores(table, comparison, scores);
  }
  return runs_text(comparison) + "\n" + table.text(std::numeric_limits<std::size_t>::max()) +
         "\npoints: accuracy less the base's. won, lost: questions that the run, the base alone had right. "
         "p: "
         "McNemar's test.\n";
}

}  // namespace synthv1::cli
