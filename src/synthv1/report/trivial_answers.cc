// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/trivial_answers.h"

#include "synthv1/report/plain_answer.h"

#include <algorithm>
#include <utility>

namespace synthv1 {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kNames = {{
    {"zero", "always 0.00"},
    {"commonest_scene", "the scene of most transactions so far"},
    {"last_amount", "the last amount told"},
    {"last_session_sum", "the sum of the last session"},
}};
constexpr std::string_view kConstant = "the most frequent answer of each category";
constexpr std::string_view kBest = "the best of these for each category";

bool told_by(const StoredTransaction& transaction, std::uint32_t position) {
  return transaction.session_index && *transaction.session_index <= position;
}

/// The scene of most transactions; of equals, the first of the catalogue.
std::string commonest_scene(const StoredRecord& record, std::uint32_t position) {
  std::vector<std::uint64_t> counts(record.catalogue->scenes.size());
  for (const StoredTransaction& transaction : record.transactions) {
    if (told_by(transaction, position) && transaction.pair)
      ++counts[static_cast<std::size_t>(record.catalogue->pair(*transaction.pair).scene)];
  }
  const auto most = std::ranges::max_element(counts);
  if (most == counts.end() || *most == 0) return {};
  return record.catalogue->scenes[static_cast<std::size_t>(most - counts.begin())].name;
}

std::string last_amount(const StoredRecord& record, std::uint32_t position) {
  for (auto transaction = record.transactions.rbegin(); transaction != record.transactions.rend();
       ++transaction) {
    if (told_by(*transaction, position) && transaction->amount) return format_money(*transaction->amount);
  }
  return {};
}

std::string last_session_sum(const StoredRecord& record, std::uint32_t position) {
  Money sum;
  for (const StoredTransaction& transaction : record.transactions) {
    if (transaction.session_index == position && transaction.amount) sum += *transaction.amount;
  }
  return format_money(sum);
}

void credit(TrivialScore& score, const std::string& category, std::uint64_t correct) {
  score.correct[category] = correct;
  score.correct_in_all += correct;
}

TrivialScore best_of(const std::vector<TrivialScore>& scores,
                     const std::vector<CategoryStatistics>& categories) {
  TrivialScore best{.name = "best", .answers = std::string(kBest), .correct = {}};
  for (const CategoryStatistics& category : categories) {
    std::uint64_t most = 0;
    for (const TrivialScore& score : scores) most = std::max(most, score.correct.at(category.name));
    credit(best, category.name, most);
  }
  return best;
}

}  // namespace

void TrivialAnswerers::add(const StoredRecord& record) {
  std::map<std::uint32_t, Answers> by_position;
  for (const StoredQuestion& question : record.questions) {
    if (!question.category || !question.answer || !question.position) continue;
    const auto [found, fresh] = by_position.try_emplace(*question.position);
    if (fresh) found->second = answers_at(record, *question.position);
    const std::string due = plain_answer(*question.answer);
    auto& correct = correct_[*question.category];
    for (std::size_t i = 0; i < kAnswerers; ++i) correct[i] += found->second[i] == due ? 1U : 0U;
  }
}

TrivialAnswerers::Answers TrivialAnswerers::answers_at(const StoredRecord& record, std::uint32_t position) {
  return {"0.00", commonest_scene(record, position), last_amount(record, position),
          last_session_sum(record, position)};
}

std::vector<TrivialScore> TrivialAnswerers::finish(const std::vector<CategoryStatistics>& categories) {
  std::vector<TrivialScore> scores;
  for (std::size_t i = 0; i < kAnswerers; ++i) {
    const auto& [name, answers] = kNames[i];
    TrivialScore& score = scores.emplace_back(
        TrivialScore{.name = std::string(name), .answers = std::string(answers), .correct = {}});
    for (const CategoryStatistics& category : categories)
      credit(score, category.name, correct_[category.name][i]);
  }
  TrivialScore& constant =
      scores.emplace_back(TrivialScore{.name = "constant", .answers = std::string(kConstant), .correct = {}});
  for (const CategoryStatistics& category : categories)
    credit(constant, category.name, category.commonest > 1 ? category.commonest : 0);
  scores.push_back(best_of(scores, categories));
  return scores;
}

}  // namespace synthv1
