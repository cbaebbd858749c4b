// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/ledger/money.h"
#include "synthv1/ledger/range_max.h"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace synthv1 {

/// What some transactions add up to.
struct Totals {
  Money sum;
  std::uint32_t count = 0;

  constexpr Totals& operator+=(const Totals& other) noexcept {
    sum += other.sum;
    count += other.count;
    return *this;
  }
  friend constexpr auto operator<=>(const Totals&, const Totals&) noexcept = default;
};

/// What is known of one group's transactions on one date; kNothing where there is none.
enum class DateValue : std::uint8_t {
  count,     ///< how many there are
  sum,       ///< what they add up to, minor units
  largest,   ///< the largest amount, minor units
  smallest,  ///< the smallest amount, minor units, with its sign turned, so that the smallest is the maximum
};
inline constexpr std::int64_t kNothing = std::numeric_limits<std::int64_t>::min();

/// The transactions of one group (a scene, a subscene, or all) over the dates of a ledger. Dates are given as
/// indexes into Ledger::dates(), transactions as places in date order.
class Series {
 public:
  /// `places`: the group's, ascending; `amounts`: of all places, minor units; `first_places`: of each date
  /// and, behind the last, the number of places. The two spans must outlive the series.
  Series(std::vector<std::uint32_t> places, std::span<const std::int64_t> amounts,
         std::span<const std::uint32_t> first_places);

  /// What the group's transactions on some dates add up to. Constant time.
  Totals totals(IndexSpan dates) const noexcept {
    if (dates.empty()) return {};
    return {.sum = Money::from_minor(sums_[dates.end] - sums_[dates.first]),
            .count = counts_[dates.end] - counts_[dates.first]};
  }

  /// The places of the group's transactions on some dates.
  std::span<const std::uint32_t> places(IndexSpan dates) const noexcept {
    if (dates.empty()) return {};
    return std::span(places_).subspan(counts_[dates.first], counts_[dates.end] - counts_[dates.first]);
  }

  /// The maxima of a value over the dates. Built when first asked for, by one thread at a time.
  const RangeMax& maxima(DateValue value) const;

 private:
  std::int64_t date_value(DateValue value, std::uint32_t date) const;

  std::vector<std::uint32_t> places_;
  std::span<const std::int64_t> amounts_;
  std::vector<std::int64_t> sums_;     ///< of the dates before each date, minor units
  std::vector<std::uint32_t> counts_;  ///< of the dates before each date
  mutable std::array<std::optional<RangeMax>, 4> maxima_;
};

}  // namespace synthv1
