// SPDX-License-Identifier: Apache-2.0
#include "tests/question/naive.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace synthv1 {

namespace naive {

namespace {

template <class T>
bool holds(const std::vector<T>& list, T element) {
  return list.empty() || std::ranges::find(list, element) != list.end();
}

/// The group a transaction lies in, as a number, so that all three groupings share one map.
std::int64_t group_of(const Transaction& transaction, const Catalogue& catalogue, GroupBy by) {
  if (by == GroupBy::scene) return static_cast<std::int64_t>(catalogue.pair(transaction.pair).scene);
  if (by == GroupBy::date) return transaction.date.days().time_since_epoch().count();
  return transaction.date.year() * 100 + static_cast<std::int64_t>(transaction.date.month());
}

Answer as_answer(std::int64_t group, GroupBy by) {
  if (by == GroupBy::scene) return static_cast<SceneId>(group);
  if (by == GroupBy::date) return Date(std::chrono::sys_days(std::chrono::days(group)));
  return std::chrono::year(static_cast<int>(group / 100)) /
         std::chrono::month(static_cast<unsigned>(group % 100));
}

std::optional<Answer> leading(std::span<const Transaction> ledger, const Catalogue& catalogue,
                              const QuestionSpec& spec, const std::vector<std::uint32_t>& selected) {
  std::map<std::int64_t, std::int64_t> values;
  for (const std::uint32_t i : selected) {
    values[group_of(ledger[i], catalogue, spec.by)] +=
        spec.of == Measure::count ? 1 : ledger[i].amount.minor();
  }
  std::vector<std::int64_t> best;
  for (const auto& [group, value] : values) {
    if (!best.empty() && value > values[best[0]]) best.clear();
    if (best.empty() || value == values[best[0]]) best.push_back(group);
  }
  if (best.size() != 1) return std::nullopt;
  return as_answer(best[0], spec.by);
}

}  // namespace

std::vector<std::uint32_t> select(std::span<const Transaction> ledger, const Catalogue& catalogue,
                                  const QuestionSpec& spec) {
  std::vector<std::uint32_t> selected;
  for (std::uint32_t i = 0; i < ledger.size(); ++i) {
    const Transaction& transaction = ledger[i];
    if (spec.range && (transaction.date < spec.range->first || spec.range->last < transaction.date)) continue;
    if (spec.date && transaction.date != *spec.date) continue;
    if (!holds(spec.scenes, catalogue.pair(transaction.pair).scene)) continue;
    if (!holds(spec.subscenes, transaction.pair)) continue;
    selected.push_back(i);
  }
  return selected;
}

std::optional<Answer> answer(std::span<const Transaction> ledger, const Catalogue& catalogue,
                             const QuestionSpec& spec) {
  const std::vector<std::uint32_t> selected = select(ledger, catalogue, spec);
  const auto count = static_cast<std::uint32_t>(selected.size());
  if (spec.select == Select::argmax) return leading(ledger, catalogue, spec, selected);
  if (spec.select == Select::count) return count;
  Money sum, largest, smallest;
  for (const std::uint32_t i : selected) {
    const Money amount = ledger[i].amount;
    sum += amount;
    if (i == selected[0] || amount > largest) largest = amount;
    if (i == selected[0] || amount < smallest) smallest = amount;
  }
  if (spec.select == Select::sum) return sum;
  if (count == 0) return std::nullopt;
  if (spec.select == Select::max) return largest;
  if (spec.select == Select::min) return smallest;
  // Half up: the amounts of these tests are positive.
  return Money::from_minor((sum.minor() * 2 + count) / (std::int64_t{count} * 2));
}

}  // namespace naive

Catalogue small_catalogue(const std::vector<int>& subscenes) {
  Catalogue catalogue;
  for (std::size_t i = 0; i < subscenes.size(); ++i) {
    catalogue.scenes.push_back(
        {.name = fmt::format("Scene{}", i), .chinese = fmt::format("类{}", i), .aliases = {}});
    for (int k = 0; k < subscenes[i]; ++k) {
      Pair& pair = catalogue.pairs.emplace_back();
      pair.scene = static_cast<SceneId>(i);
      pair.name = fmt::format("Sub{}{}", i, k);
      pair.chinese = fmt::format("子{}{}", i, k);
    }
  }
  catalogue.question_types = default_catalogue().question_types;
  return catalogue;
}

Transaction spend(std::string_view date, int pair, std::int64_t minor, std::uint32_t session) {
  Transaction transaction;
  transaction.date = day(date);
  transaction.pair = static_cast<PairId>(pair);
  transaction.amount = Money::from_minor(minor);
  transaction.session_index = session;
  return transaction;
}

Date day(std::string_view text) { return Date::parse(text).value(); }

}  // namespace synthv1
