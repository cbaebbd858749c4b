// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/result_row.h"
#include "synthv1/evaluate/wilson.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// How many of some questions were answered, and how many rightly.
struct Tally {
  std::uint64_t asked = 0;
  std::uint64_t answered = 0;  ///< with status ok
  std::uint64_t correct = 0, tolerant = 0;
  double f1 = 0;  ///< sum over all asked

  void add(const Score& score);
  double accuracy() const {
    return asked == 0 ? 0 : static_cast<double>(correct) / static_cast<double>(asked);
  }
  double accuracy_of_answered() const {
    return answered == 0 ? 0 : static_cast<double>(correct) / static_cast<double>(answered);
  }
  /// Over all asked.
  double mean_f1() const { return asked == 0 ? 0 : f1 / static_cast<double>(asked); }
  Interval interval() const { return wilson95(correct, asked); }
};

/// The same, with what became of asking, why answers are right or wrong, and how wrong amounts are.
struct ScoreCounts : Tally {
  std::array<std::uint64_t, kAnswerStatusNames.size()> statuses{};
  std::array<std::uint64_t, kScoreReasonNames.size()> reasons{};
  std::vector<double> relative_errors{};  ///< relative_error() of each answer that has one

  void add(const Score& score, const DueAnswer& due);
  /// Nothing where no amount is wrong.
  std::optional<double> median_relative_error() const;
};

/// The classes that distances are counted in: 0, 1-4, 5-9, 10-19, 20-49, 50 and more chunks back.
inline constexpr std::array<std::string_view, 6> kDistanceNames = {"0",     "1-4",   "5-9",
                                                                   "10-19", "20-49", "50+"};
std::size_t distance_class(std::uint32_t distance);

/// What the rows of a run come to.
struct ResultSummary {
  ScoreCounts all;
  std::map<std::string, Tally> by_category;
  std::array<Tally, kDistanceNames.size()> by_distance{};
  Tally without_distance;                                 ///< no evidence, or the data does not say
  std::int64_t prompt_tokens = 0, completion_tokens = 0;  ///< of the questions alone, as far as counted
  std::uint64_t cut = 0;                                  ///< questions of which chunks were left out
  std::uint64_t chunks_left_out = 0;
  std::uint64_t retrievals = 0;  ///< questions of which the row says how much of the evidence was retrieved
  double evidence_recall = 0;    ///< sum over them

  void add(const ResultRow& row);
};

/// What a run was, as its summary says it.
struct RunFacts {
  std::vector<std::pair<std::string, std::string>> named;  ///< agent, model, data, prompts, scorer, ...
  std::vector<std::string> files;                          ///< of the data, as the user named them
};

/// The summary as JSON, pretty (docs/formats/results.md).
std::string summary_json(const RunFacts& facts, const ResultSummary& summary);

/// The same as a table for people.
std::string summary_text(const ResultSummary& summary);

}  // namespace synthv1
