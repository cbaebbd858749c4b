// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/agent.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// What came of one question: a line of a results file (docs/formats/results.md).
struct ResultRow {
  std::string run;  ///< eight hex digits: which data was asked, of whom, how
  std::string task_id, qid, category;
  std::uint32_t position = 0, num_chunks = 0;
  std::optional<std::uint32_t> distance;  ///< EvalQuestion::distance()
  std::string due;                        ///< the stored answer
  std::string answer;                     ///< as the agent gave it
  std::string fault;                      ///< why there is none; of status error
  Score score;
  std::optional<std::int64_t> prompt_tokens, completion_tokens;
  std::int64_t latency_ms = 0;
  std::uint32_t chunks_left_out = 0;
  std::optional<std::vector<std::uint32_t>> retrieved;  ///< AgentAnswer::retrieved
  /// The share of the evidence's chunks that were retrieved; nothing where either is not known, or there is
  /// no evidence.
  std::optional<double> evidence_recall;
};

/// By which a question is found among those of all records.
inline std::string question_key(std::string_view task_id, std::string_view qid) {
  return std::string(task_id).append("\n").append(qid);
}

/// The row of a question that was asked, scored.
ResultRow make_row(std::string_view run, const EvalRecord& record, std::uint32_t question,
                   const AgentAnswer& answer);

/// Scores the row's answer anew.
void rescore(ResultRow& row, const DueAnswer& due);

/// One line of JSON, with its line break.
std::string format_row(const ResultRow& row);

/// Reads what format_row() wrote; unknown members are passed over. The error says what is wrong with the
/// line.
Result<ResultRow> parse_row(std::string_view line);

}  // namespace synthv1
