// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/file.h"
#include "synthv1/evaluate/result_summary.h"

#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>

namespace synthv1 {

/// A question and the verdict on what was answered.
struct ScoredQuestion {
  std::string task_id, qid, category;
  DueAnswer due;
  bool given = false;  ///< there was an answer for it; else `score` is that of none
  Score score;
};

/// Hears of each question, in the order of the data.
class ScoreListener {
 public:
  virtual ~ScoreListener() = default;
  virtual void scored(const ScoredQuestion& question) = 0;
};

struct ScoreSummary {
  ScoreCounts all;
  std::map<std::string, Tally> by_category;
  std::uint64_t missing = 0;  ///< questions without an answer, which count as empty
};

/// What is scored, and how.
struct ScoreFiles {
  std::string data;     ///< a dataset of any layout
  std::string answers;  ///< JSON lines: {"qid", "answer"[, "task_id"][, "status"]}
};

/// `synthv1 score DATA ANSWERS`: scores the answers of a file; either may be "-", standard input. An error
/// (ErrorKind::usage) names the place of what cannot be read, of an answer to no question or of a second
/// answer to one. `catalogue` is that of records that name none. Holds all answers in memory.
Result<ScoreSummary> score_answers(const ScoreFiles& paths, const Catalogue& catalogue, Files& files,
                                   ScoreListener& listener, const ScoreOptions& options = {},
                                   const std::stop_token& stop = {});

}  // namespace synthv1
