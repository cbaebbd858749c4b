// SPDX-License-Identifier: Apache-2.0
#include "synthv1/ledger/series.h"

#include <algorithm>

namespace synthv1 {

Series::Series(std::vector<std::uint32_t> places, std::span<const std::int64_t> amounts,
               std::span<const std::uint32_t> first_places)
    : places_(std::move(places)), amounts_(amounts) {
  sums_.reserve(first_places.size());
  counts_.reserve(first_places.size());
  std::int64_t sum = 0;
  std::uint32_t count = 0;
  for (const std::uint32_t first : first_places) {
    for (; count < places_.size() && places_[count] < first; ++count) sum += amounts_[places_[count]];
    sums_.push_back(sum);
    counts_.push_back(count);
  }
}

const RangeMax& Series::maxima(DateValue value) const {
  std::optional<RangeMax>& built = maxima_[static_cast<std::size_t>(value)];
  if (built) return *built;
  std::vector<std::int64_t> values(counts_.size() - 1);
  for (std::uint32_t date = 0; date < values.size(); ++date) values[date] = date_value(value, date);
  return built.emplace(std::move(values));
}

std::int64_t Series::date_value(DateValue value, std::uint32_t date) const {
  const IndexSpan dates{date, date + 1};
  const Totals on_date = totals(dates);
  if (on_date.count == 0) return kNothing;
  if (value == DateValue::count) return on_date.count;
  if (value == DateValue::sum) return on_date.sum.minor();
  std::int64_t best = kNothing;
  for (const std::uint32_t place : places(dates)) {
    best = std::max(best, value == DateValue::largest ? amounts_[place] : -amounts_[place]);
  }
  return best;
}

}  // namespace synthv1
