// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/catalogue.h"
#include "synthv1/ledger/series.h"
#include "synthv1/ledger/transaction.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

namespace synthv1 {

/// The transactions of one record, as far as questions ask about them, indexed by date, scene and subscene:
/// what a range of dates adds up to costs the same however many transactions lie in it. Indexes are built
/// when first asked for, so even a const ledger belongs to one thread at a time. All that the eight types
/// need costs about 60 ns a transaction.
class Ledger {
 public:
  /// Stands for "after the last chunk".
  static constexpr std::uint32_t kWholeRecord = std::numeric_limits<std::uint32_t>::max();

  /// Of the transactions in the chunks 0..position. Any order of dates will do; fits(transactions) must hold,
  /// and every pair must be one of the catalogue's. Neither argument is kept.
  Ledger(std::span<const Transaction> transactions, const Catalogue& catalogue,
         std::uint32_t position = kWholeRecord);

  Ledger(Ledger&&) noexcept = default;
  Ledger& operator=(Ledger&&) noexcept = default;

  /// Whether every sum over these transactions can be counted exactly: their amounts, signs aside, add up to
  /// less than 9.2e16 yuan.
  static bool fits(std::span<const Transaction> transactions) noexcept;

  /// How many transactions count.
  std::size_t size() const noexcept { return amounts_.size(); }

  /// The distinct dates of the transactions, ascending.
  std::span<const Date> dates() const noexcept { return dates_; }
  /// The indexes of the dates that lie in `range`.
  IndexSpan dates_in(const DateRange& range) const noexcept;
  IndexSpan all_dates() const noexcept { return {0, static_cast<std::uint32_t>(dates_.size())}; }
  /// The indexes of the dates at which a month begins and, behind the last, the number of dates.
  std::span<const std::uint32_t> month_starts() const;

  std::size_t num_scenes() const noexcept { return scenes_.size(); }
  std::size_t num_pairs() const noexcept { return pairs_.size(); }
  SceneId scene_of(PairId pair) const noexcept { return scene_of_pair_[static_cast<std::size_t>(pair)]; }

  /// The pair of the transaction at a place in date order.
  PairId pair_at(std::uint32_t place) const noexcept { return pairs_at_[place]; }

  const Series& all() const;
  const Series& of(SceneId scene) const;
  const Series& of(PairId pair) const;

  /// The index, among the transactions that the ledger was made of, of a place in date order.
  std::uint32_t index_of(std::uint32_t place) const noexcept { return in_order_ ? place : indexes_[place]; }
  /// Whether places in date order ascend like the indexes.
  bool in_order() const noexcept { return in_order_; }

 private:
  void add(std::span<const Transaction> transactions, std::span<const std::uint32_t> indexes);

  template <class Belongs>
  const Series& series(std::unique_ptr<Series>& built, Belongs belongs) const;

  std::vector<SceneId> scene_of_pair_;
  bool in_order_ = true;
  std::vector<std::uint32_t> indexes_;  ///< by place; empty where they are the places
  std::vector<std::int64_t> amounts_;   ///< by place, minor units
  std::vector<PairId> pairs_at_;        ///< by place
  std::vector<Date> dates_;
  std::vector<std::uint32_t> first_places_;  ///< by date; behind the last date the number of places
  mutable std::vector<std::uint32_t> month_starts_;
  mutable std::unique_ptr<Series> all_;
  mutable std::vector<std::unique_ptr<Series>> scenes_;
  mutable std::vector<std::unique_ptr<Series>> pairs_;
};

}  // namespace synthv1
