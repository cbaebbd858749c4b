// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/file.h"
#include "synthv1/evaluate/paired.h"
#include "synthv1/evaluate/result_summary.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace synthv1 {

/// How a run did on some questions that all runs have.
struct RunScore {
  Tally tally;
  PairedCounts against_base;  ///< of the base itself: against itself
};

/// A run that is compared.
struct ComparedRun {
  std::string file;
  std::string agent, model, data, scorer;  ///< as its summary says; empty where none says it
  std::uint64_t questions = 0;             ///< it has results of
};

/// Runs held against the first of them, question by question.
struct Comparison {
  std::vector<ComparedRun> runs;  ///< the base first; the scores below stand in their order
  std::uint64_t questions = 0;    ///< that all runs have
  std::vector<RunScore> all;
  std::map<std::string, std::vector<RunScore>> by_category;  ///< the base's categories
  std::vector<std::string> warnings;                         ///< what speaks against comparing them
};

/// Compares two or more results files over the questions (task_id and qid) that all have. ErrorKind::usage
/// names the line that is no result, the question that stands there twice, or says that no question is in
/// all.
Result<Comparison> compare_runs(std::span<const std::string> paths, Files& files);

/// The comparison as JSON, pretty (docs/formats/results.md).
std::string comparison_json(const Comparison& comparison);

}  // namespace synthv1
