// SPDX-License-Identifier: Apache-2.0
#include "synthv1/ledger/range_max.h"

#include <bit>

namespace synthv1 {

RangeMax::RangeMax(std::vector<std::int64_t> values) : values_(std::move(values)) {
  const auto size = static_cast<std::uint32_t>(values_.size());
  const std::size_t num_levels = size < 2 ? 0 : static_cast<std::size_t>(std::bit_width(size) - 1);
  levels_.resize(num_levels * size);
  for (std::size_t level = 0; level < num_levels; ++level) {
    const std::uint32_t half = std::uint32_t{1} << level;
    const std::uint32_t* below = level == 0 ? nullptr : levels_.data() + (level - 1) * size;
    std::uint32_t* const row = levels_.data() + level * size;
    for (std::uint32_t i = 0; i + 2 * half <= size; ++i) {
      row[i] = below == nullptr ? better(i, i + 1) : better(below[i], below[i + half]);
    }
  }
}

std::uint32_t RangeMax::first_max(IndexSpan span) const noexcept {
  const std::uint32_t length = span.end - span.first;
  if (length < 2) return span.first;
  const auto level = static_cast<std::uint32_t>(std::bit_width(length) - 1);
  const std::uint32_t* const row = levels_.data() + (level - 1) * values_.size();
  return better(row[span.first], row[span.end - (std::uint32_t{1} << level)]);
}

bool RangeMax::only_max(IndexSpan span, std::uint32_t at) const noexcept {
  const IndexSpan behind{at + 1, span.end};
  return behind.empty() || values_[first_max(behind)] < values_[at];
}

}  // namespace synthv1
