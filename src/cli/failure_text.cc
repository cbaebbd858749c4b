// SPDX-License-Identifier: Apache-2.0
#include "cli/failure_text.h"

#include "synthv1/base/text.h"

#include <algorithm>

#include <fmt/format.h>

namespace synthv1::cli {

namespace {

constexpr std::size_t kLinesOfAnswer = 4;  ///< the last: answers stand at the end
constexpr std::size_t kLinesOfEvidence = 12;
constexpr std::size_t kLongestLine = 400;  ///< characters

std::string field(std::string_view name, std::string_view text) {
  return fmt::format("  {:<10}{}\n", name, one_line(text, kLongestLine));
}

std::string answer_text(const ResultRow& row) {
  if (row.score.status == AnswerStatus::error) return field("answer", "none: " + row.fault);
  std::vector<std::string_view> lines = split(row.answer, '\n');
  std::erase_if(lines, [](std::string_view line) { return trim(line).empty(); });
  if (lines.empty()) return field("answer", "(empty)");
  const std::size_t above = lines.size() - std::min(lines.size(), kLinesOfAnswer);
  std::string text;
  if (above > 0) text += field("answer", fmt::format("({} above)", counted(above, "line")));
  for (std::size_t i = above; i < lines.size(); ++i) text += field(text.empty() ? "answer" : "", lines[i]);
  return text;
}

std::string verdict_text(const ResultRow& row) {
  std::string text(name_of(row.score.reason));
  if (row.score.status != AnswerStatus::ok) text += fmt::format(", status {}", name_of(row.score.status));
  if (row.score.tolerant) text += ", right by the tolerant rule";
  return text;
}

std::string place_text(const ResultRow& row) {
  std::string text = fmt::format("asked after chunk {} (of 0 to {})", row.position,
                                 row.num_chunks == 0 ? 0 : row.num_chunks - 1);
  if (row.distance) text += fmt::format(", the last evidence {} back", counted(*row.distance, "chunk"));
  if (row.chunks_left_out > 0)
    text += fmt::format(", the oldest {} not shown for want of room", counted(row.chunks_left_out, "chunk"));
  return text;
}

/// "chunk 19 line 6    73.00 Phone Bill: [2024-05-31] User said, ...".
std::string evidence_text(const EvidenceLine& line) {
  std::string place = line.chunk ? fmt::format("chunk {}", *line.chunk) : "chunk unknown";
  if (line.turn) place += fmt::format(" line {}", *line.turn);
  const std::string amount = line.amount ? format_money(*line.amount) : "?";
  const std::string said = line.line.empty() ? "(" + one_line(line.description) + ")" : line.line;
  return fmt::format("    {:<16} {:>9} {}: {}\n", place, amount, one_line(line.subscene),
                     one_line(said, kLongestLine));
}

std::string evidence_text(const WrongAnswer& failure) {
  if (!failure.evidence) return field("evidence", "the data does not say");
  const auto& lines = *failure.evidence;
  if (lines.empty()) return field("evidence", "none: nothing of what is asked was said");
  std::string text = field("evidence", counted(lines.size(), "transaction"));
  const std::size_t shown = std::min(lines.size(), kLinesOfEvidence);
  for (std::size_t i = 0; i < shown; ++i) text += evidence_text(lines[i]);
  if (shown < lines.size()) text += fmt::format("    and {} more: --json has them\n", lines.size() - shown);
  return text;
}

}  // namespace

std::string failures_head(const FailureCounts& counts) {
  std::string text = fmt::format("{} of {} wrong", counts.wrong, counted(counts.questions, "question"));
  if (counts.shown < counts.wrong) text += fmt::format("; the first {}:", counts.shown);
  return text + "\n\n";
}

std::string failure_text(const WrongAnswer& failure) {
  const ResultRow& row = failure.row;
  std::string text = fmt::format("{}  {}\n", one_line(row.qid), one_line(row.category));
  text += field("question", failure.query);
  if (failure.template_query) text += field("template", *failure.template_query);
  text += field("due", row.due);
  if (failure.due_now)
    text += field("", fmt::format("(the data now says {}: score anew by --rescore)", *failure.due_now));
  text += answer_text(row);
  if (!row.score.value.empty() || !row.score.extracted.empty())
    text += field("read", fmt::format("{} in: {}", row.score.value.empty() ? "nothing" : row.score.value,
                                      row.score.extracted));
  text += field("verdict", verdict_text(row));
  text += field("place", place_text(row));
  return text + evidence_text(failure) + "\n";
}

}  // namespace synthv1::cli
