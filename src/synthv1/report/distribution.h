// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace synthv1 {

/// How some whole numbers are spread. A quantile is the smallest number that at least that share of them does
/// not exceed; all are 0 where there is none.
struct Quantiles {
  std::uint64_t count = 0;
  double mean = 0;
  std::int64_t least = 0, p10 = 0, p25 = 0, median = 0, p75 = 0, p90 = 0, p99 = 0, most = 0;
};

/// How many of some whole numbers are at least `from` and below `to`.
struct Bin {
  std::int64_t from = 0, to = 0;
  std::uint64_t count = 0;
};

/// Counts whole numbers; its memory grows with the distinct ones alone.
class Distribution {
 public:
  void add(std::int64_t value);
  std::uint64_t count() const { return count_; }
  Quantiles quantiles() const;
  /// From the first bin that holds a number to the last: `edges`, ascending, are where they begin. Numbers
  /// below the first edge are in the first bin, those from the last one on in the last, whose end is the
  /// largest number and one.
  std::vector<Bin> bins(std::span<const std::int64_t> edges) const;

 private:
  std::unordered_map<std::int64_t, std::uint64_t> counts_;
  std::uint64_t count_ = 0;
};

/// Edges for amounts, in minor units: 0, then 1, 2 and 5 times each power of ten from 1 yuan on.
std::span<const std::int64_t> amount_edges();
/// Edges for distances and sizes: 0, 1, 2, 4, 8, ...
std::span<const std::int64_t> doubling_edges();

}  // namespace synthv1
