// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace synthv1 {

/// Consecutive indexes from `first` to before `end`.
struct IndexSpan {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
  constexpr bool empty() const noexcept { return first >= end; }
  friend constexpr auto operator<=>(const IndexSpan&, const IndexSpan&) noexcept = default;
};

/// A row of values that tells in constant time where the largest of any stretch stands (a sparse table: n log
/// n to build and to hold).
class RangeMax {
 public:
  explicit RangeMax(std::vector<std::int64_t> values);

  std::int64_t operator[](std::uint32_t index) const noexcept { return values_[index]; }

  /// The index of the first of the largest values within a span that is not empty.
  std::uint32_t first_max(IndexSpan span) const noexcept;

  /// Whether no other value of `span` is as large as the one at `first_max(span)`, which is given.
  bool only_max(IndexSpan span, std::uint32_t at) const noexcept;

 private:
  std::uint32_t better(std::uint32_t a, std::uint32_t b) const noexcept {
    return values_[b] > values_[a] ? b : a;
  }

  std::vector<std::int64_t> values_;
  std::vector<std::uint32_t> levels_;  ///< level k - 1, index i: the first maximum of the 2^k values from i
};

}  // namespace synthv1
