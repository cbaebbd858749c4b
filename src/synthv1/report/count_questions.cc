// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/count_questions.h"

#include "synthv1/report/plain_answer.h"

#include <algorithm>
#include <optional>
#include <set>

namespace synthv1 {

namespace {

/// The sessions that a question rests on; nothing where that cannot be told.
std::optional<std::set<std::uint32_t>> evidence_sessions(const StoredQuestion& question,
                                                         const StoredRecord& record) {
  std::set<std::uint32_t> sessions;
  for (const std::uint32_t index : *question.evidence) {
    if (index >= record.transactions.size()) return std::nullopt;
    const auto& session = record.transactions[index].session_index;
    if (!session || *session > *question.position) return std::nullopt;
    sessions.insert(*session);
  }
  return sessions;
}

}  // namespace

void QuestionCounter::add(const StoredRecord& record, LeftOut& left_out) {
  for (const StoredQuestion& question : record.questions) {
    ++counts_.questions;
    counts_.reworded += question.template_query ? 1U : 0U;
    if (question.query) text_.add(*question.query);
    add_answer(question, left_out);
    if (!question.position) {
      ++left_out["questions without a position"];
      continue;
    }
    counts_.asked_early += *question.position + 1 < record.chunks.size() ? 1U : 0U;
    add_evidence(question, record, left_out);
  }
}

void QuestionCounter::add_answer(const StoredQuestion& question, LeftOut& left_out) {
  if (!question.category) ++left_out["questions without a category"];
  if (!question.answer) ++left_out["questions without an answer"];
  if (!question.category || !question.answer) return;
  const std::string answer = plain_answer(*question.answer);
  const std::uint64_t zero = is_zero(answer) ? 1 : 0;
  answers_.add(answer);
  counts_.zero_answers += zero;
  Category& of_category = category(*question.category);
  ++of_category.counts.questions;
  of_category.counts.zero_answers += zero;
  of_category.answers.add(answer);
}

void QuestionCounter::add_evidence(const StoredQuestion& question, const StoredRecord& record,
                                   LeftOut& left_out) {
  if (!question.evidence) {
    ++left_out["questions without evidence"];
    return;
  }
  const auto sessions = evidence_sessions(question, record);
  if (!sessions) {
    ++left_out["questions whose evidence points to no transaction before them"];
    return;
  }
  if (sessions->empty()) {
    ++counts_.evidence.without;
    return;
  }
  const std::int64_t position = *question.position;
  nearest_.add(position - std::int64_t{*sessions->rbegin()});
  farthest_.add(position - std::int64_t{*sessions->begin()});
  sessions_.add(static_cast<std::int64_t>(sessions->size()));
}

QuestionCounter::Category& QuestionCounter::category(const std::string& name) {
  const auto same = [&](const Category& known) { return known.counts.name == name; };
  const auto found = std::ranges::find_if(categories_, same);
  if (found != categories_.end()) return *found;
  Category& added = categories_.emplace_back();
  added.counts.name = name;
  return added;
}

QuestionStatistics QuestionCounter::finish() {
  counts_.distinct_answers = answers_.distinct();
  for (Category& category : categories_) {
    category.counts.distinct_answers = category.answers.distinct();
    category.counts.commonest_answer = category.answers.commonest();
    category.counts.commonest = category.answers.times();
    counts_.categories.push_back(std::move(category.counts));
  }
  counts_.evidence.nearest = nearest_.quantiles();
  counts_.evidence.farthest = farthest_.quantiles();
  counts_.evidence.sessions = sessions_.quantiles();
  counts_.evidence.nearest_bins = nearest_.bins(doubling_edges());
  counts_.text = text_.finish();
  return std::move(counts_);
}

}  // namespace synthv1
