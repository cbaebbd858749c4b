// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/eval_record.h"

#include "synthv1/base/text.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::size_t kDateLength = 10;

std::unexpected<Error> lacks(std::string_view place, std::string_view what) {
  return fail(ErrorKind::usage, fmt::format("{}: {}", place, what));
}

bool is_chinese(std::string_view text) {
  return std::ranges::any_of(code_points(text), [](char32_t c) { return c >= 0x4e00 && c <= 0x9fff; });
}

Language language_of(const StoredRecord& stored) {
  if (stored.metadata.language) return *stored.metadata.language;
  const bool chinese = std::ranges::any_of(stored.questions, [](const StoredQuestion& question) {
    return question.query && is_chinese(*question.query);
  });
  return chinese ? Language::chinese : Language::english;
}

/// The sessions of the transactions that a question's evidence names.
std::optional<std::vector<std::uint32_t>> evidence_of(const StoredQuestion& question,
                                                      const StoredRecord& stored) {
  if (!question.evidence) return std::nullopt;
  std::set<std::uint32_t> sessions;
  for (const std::uint32_t index : *question.evidence) {
    if (index >= stored.transactions.size() || !stored.transactions[index].session_index) return std::nullopt;
    const std::uint32_t session = *stored.transactions[index].session_index;
    if (session <= *question.position) sessions.insert(session);
  }
  return std::vector(sessions.begin(), sessions.end());
}

Result<EvalQuestion> read_question(const StoredRecord& stored, std::size_t i) {
  const StoredQuestion& question = stored.questions[i];
  const std::string place = fmt::format("questions[{}]", i);
  if (!question.qid) return lacks(place, "it has no qid");
  if (!question.query) return lacks(place, "it has no query");
  if (!question.answer) return lacks(place, "it has no answer");
  if (!question.position || *question.position >= stored.chunks.size())
    return lacks(place, "it has no position within the chunks");
  return EvalQuestion{.qid = *question.qid,
                      .query = *question.query,
                      .category = question.category.value_or(""),
                      .position = *question.position,
                      .due = due_answer(question, *stored.catalogue),
                      .spec = question.spec,
                      .evidence = evidence_of(question, stored)};
}

}  // namespace

std::optional<std::uint32_t> EvalQuestion::distance() const {
  if (!evidence || evidence->empty()) return std::nullopt;
  return position - evidence->back();
}

Result<EvalRecord> make_eval_record(const StoredRecord& stored, std::uint32_t index) {
  if (!stored.task_id) return lacks("task_id", "it is missing, or no text");
  EvalRecord record{.index = index,
                    .task_id = *stored.task_id,
                    .language = language_of(stored),
                    .chunks = {},
                    .questions = {},
                    .catalogue = stored.catalogue};
  for (std::size_t i = 0; i < stored.chunks.size(); ++i) {
    if (!stored.chunks[i]) return lacks(fmt::format("chunks[{}]", i), "it is no text");
    record.chunks.push_back(*stored.chunks[i]);
  }
  for (std::size_t i = 0; i < stored.questions.size(); ++i) {
    auto question = read_question(stored, i);
    if (!question) return std::unexpected(std::move(question.error()));
    record.questions.push_back(std::move(*question));
  }
  return record;
}

std::optional<Date> date_of_chunk(std::string_view chunk) {
  if (!chunk.starts_with('[') || chunk.size() < kDateLength + 2) return std::nullopt;
  const auto date = Date::parse(chunk.substr(1, kDateLength));
  return date ? std::optional(*date) : std::nullopt;
}

}  // namespace synthv1
