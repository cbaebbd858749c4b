// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/count_transactions.h"

#include <algorithm>

namespace synthv1 {

namespace {

Totals& totals_of(NamedTotals& all, const std::string& name) {
  const auto found = std::ranges::find(all, name, &NamedTotals::value_type::first);
  return found != all.end() ? found->second : all.emplace_back(name, Totals{}).second;
}

std::vector<std::int64_t> count_by_session(const StoredRecord& record) {
  std::vector<std::int64_t> counts(record.chunks.size());
  for (const StoredTransaction& transaction : record.transactions) {
    if (transaction.session_index && *transaction.session_index < counts.size())
      ++counts[*transaction.session_index];
  }
  return counts;
}

}  // namespace

void TransactionCounter::add(const StoredRecord& record, LeftOut& left_out) {
  for (const StoredTransaction& transaction : record.transactions)
    add_transaction(transaction, *record.catalogue, left_out);
  if (record.transactions.empty()) {
    ++left_out["records without transactions"];
    return;
  }
  for (const std::int64_t count : count_by_session(record)) transactions_a_session_.add(count);
}

void TransactionCounter::add_transaction(const StoredTransaction& transaction, const Catalogue& catalogue,
                                         LeftOut& left_out) {
  if (!transaction.amount) {
    ++left_out["transactions without an amount"];
    return;
  }
  const Totals one{.sum = *transaction.amount, .count = 1};
  counts_.totals += one;
  amounts_.add(transaction.amount->minor());
  if (!transaction.pair) {
    ++left_out["transactions of a scene that the catalogue lacks"];
    return;
  }
  const std::string& name = catalogue.scene_of(*transaction.pair).name;
  SceneStatistics& of_scene = scene(name);
  of_scene.totals += one;
  totals_of(of_scene.subscenes, catalogue.pair(*transaction.pair).name) += one;
  if (!transaction.date) {
    ++left_out["transactions without a date"];
    return;
  }
  totals_of(counts_.months[format_date(*transaction.date).substr(0, 7)], name) += one;
}

SceneStatistics& TransactionCounter::scene(const std::string& name) {
  const auto found = std::ranges::find(counts_.scenes, name, &SceneStatistics::name);
  if (found != counts_.scenes.end()) return *found;
  return counts_.scenes.emplace_back(SceneStatistics{.name = name, .totals = {}, .subscenes = {}});
}

TransactionStatistics TransactionCounter::finish() {
  counts_.amounts = amounts_.quantiles();
  counts_.amount_bins = amounts_.bins(amount_edges());
  counts_.transactions_a_session = transactions_a_session_.quantiles();
  return std::move(counts_);
}

}  // namespace synthv1
