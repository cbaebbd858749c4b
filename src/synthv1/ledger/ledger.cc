// SPDX-License-Identifier: Apache-2.0
#include "synthv1/ledger/ledger.h"

#include <algorithm>
#include <utility>

namespace synthv1 {

namespace {

/// The indexes of the transactions in the chunks 0..position, by date; within a date in their own order.
std::vector<std::uint32_t> places_in_date_order(std::span<const Transaction> transactions,
                                                std::uint32_t position) {
  std::vector<std::uint32_t> indexes;
  indexes.reserve(transactions.size());
  for (std::uint32_t i = 0; i < transactions.size(); ++i) {
    if (transactions[i].session_index <= position) indexes.push_back(i);
  }
  const auto by_date = [&](std::uint32_t index) { return std::pair(transactions[index].date, index); };
  if (!std::ranges::is_sorted(indexes, {}, by_date)) std::ranges::sort(indexes, {}, by_date);
  return indexes;
}

/// Whether index i stands at place i.
bool are_places(std::span<const std::uint32_t> indexes) {
  for (std::uint32_t i = 0; i < indexes.size(); ++i) {
    if (indexes[i] != i) return false;
  }
  return true;
}

}  // namespace

Ledger::Ledger(std::span<const Transaction> transactions, const Catalogue& catalogue, std::uint32_t position)
    : scenes_(catalogue.scenes.size()), pairs_(catalogue.pairs.size()) {
  check(fits(transactions), "the amounts of a ledger add up to more than can be counted");
  check(transactions.size() < kWholeRecord, "a ledger has less than 2^32 transactions");
  scene_of_pair_.reserve(catalogue.pairs.size());
  for (const Pair& pair : catalogue.pairs) scene_of_pair_.push_back(pair.scene);
  indexes_ = places_in_date_order(transactions, position);
  add(transactions, indexes_);
  in_order_ = are_places(indexes_);
  if (in_order_) indexes_ = {};
}

void Ledger::add(std::span<const Transaction> transactions, std::span<const std::uint32_t> indexes) {
  amounts_.reserve(indexes.size());
  pairs_at_.reserve(indexes.size());
  for (const std::uint32_t index : indexes) {
    const Transaction& transaction = transactions[index];
    check(static_cast<std::size_t>(transaction.pair) < num_pairs(),
          "a transaction's pair is in the catalogue");
    if (dates_.empty() || dates_.back() != transaction.date) {
      dates_.push_back(transaction.date);
      first_places_.push_back(static_cast<std::uint32_t>(amounts_.size()));
    }
    amounts_.push_back(transaction.amount.minor());
    pairs_at_.push_back(transaction.pair);
  }
  first_places_.push_back(static_cast<std::uint32_t>(amounts_.size()));
}

bool Ledger::fits(std::span<const Transaction> transactions) noexcept {
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  std::uint64_t sum = 0;
  for (const Transaction& transaction : transactions) {
    const auto bits = static_cast<std::uint64_t>(transaction.amount.minor());
    const std::uint64_t amount = transaction.amount.minor() < 0 ? 0 - bits : bits;
    if (amount > kMost - sum) return false;
    sum += amount;
  }
  return true;
}

IndexSpan Ledger::dates_in(const DateRange& range) const noexcept {
  const auto first = std::ranges::lower_bound(dates_, range.first);
  const auto end = std::upper_bound(first, dates_.end(), range.last);
  return {static_cast<std::uint32_t>(first - dates_.begin()),
          static_cast<std::uint32_t>(end - dates_.begin())};
}

std::span<const std::uint32_t> Ledger::month_starts() const {
  if (!month_starts_.empty()) return month_starts_;
  DateRange month{};
  for (std::uint32_t i = 0; i < dates_.size(); ++i) {
    if (i > 0 && month.contains(dates_[i])) continue;
    month = month_of(dates_[i]);
    month_starts_.push_back(i);
  }
  month_starts_.push_back(static_cast<std::uint32_t>(dates_.size()));
  return month_starts_;
}

template <class Belongs>
const Series& Ledger::series(std::unique_ptr<Series>& built, Belongs belongs) const {
  if (built) return *built;
  std::vector<std::uint32_t> places;
  for (std::uint32_t place = 0; place < pairs_at_.size(); ++place) {
    if (belongs(pairs_at_[place])) places.push_back(place);
  }
  built = std::make_unique<Series>(std::move(places), amounts_, first_places_);
  return *built;
}

const Series& Ledger::all() const {
  return series(all_, [](PairId) { return true; });
}

const Series& Ledger::of(SceneId scene) const {
  return series(scenes_[static_cast<std::size_t>(scene)],
                [&](PairId pair) { return scene_of(pair) == scene; });
}

const Series& Ledger::of(PairId pair) const {
  return series(pairs_[static_cast<std::size_t>(pair)], [&](PairId other) { return other == pair; });
}

}  // namespace synthv1
