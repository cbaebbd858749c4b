// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/distribution.h"

#include <algorithm>
#include <utility>

namespace synthv1 {

namespace {

using Counted = std::vector<std::pair<std::int64_t, std::uint64_t>>;

constexpr int kDoublings = 32;
constexpr int kPowersOfTen = 10;

/// `sorted` is not empty; `share` in hundredths.
std::int64_t quantile(const Counted& sorted, std::uint64_t count, std::uint64_t share) {
  const std::uint64_t rank = std::max<std::uint64_t>(1, (count * share + 99) / 100);
  std::uint64_t passed = 0;
  for (const auto& [value, times] : sorted) {
    passed += times;
    if (passed >= rank) return value;
  }
  return sorted.back().first;
}

double mean_of(const Counted& sorted, std::uint64_t count) {
  double sum = 0;
  for (const auto& [value, times] : sorted) sum += static_cast<double>(value) * static_cast<double>(times);
  return sum / static_cast<double>(count);
}

std::vector<Bin> empty_bins(std::span<const std::int64_t> edges) {
  std::vector<Bin> bins;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) bins.push_back({edges[i], edges[i + 1], 0});
  bins.push_back({edges.back(), edges.back(), 0});
  return bins;
}

}  // namespace

void Distribution::add(std::int64_t value) {
  ++counts_[value];
  ++count_;
}

Quantiles Distribution::quantiles() const {
  if (count_ == 0) return {};
  Counted sorted(counts_.begin(), counts_.end());
  std::ranges::sort(sorted);
  const auto at = [&](std::uint64_t share) { return quantile(sorted, count_, share); };
  return {.count = count_,
          .mean = mean_of(sorted, count_),
          .least = sorted.front().first,
          .p10 = at(10),
          .p25 = at(25),
          .median = at(50),
          .p75 = at(75),
          .p90 = at(90),
          .p99 = at(99),
          .most = sorted.back().first};
}

std::vector<Bin> Distribution::bins(std::span<const std::int64_t> edges) const {
  std::vector<Bin> bins = empty_bins(edges);
  for (const auto& [value, times] : counts_) {
    const auto behind = std::ranges::upper_bound(edges, value);
    const auto index = static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, behind - edges.begin()) - 1);
    bins[index].count += times;
    if (index + 1 == bins.size()) bins[index].to = std::max(bins[index].to, value + 1);
  }
  const auto filled = [](const Bin& bin) { return bin.count > 0; };
  bins.erase(std::find_if(bins.rbegin(), bins.rend(), filled).base(), bins.end());
  bins.erase(bins.begin(), std::ranges::find_if(bins, filled));
  return bins;
}

std::span<const std::int64_t> amount_edges() {
  static const std::vector<std::int64_t> edges = [] {
    std::vector<std::int64_t> made{0};
    std::int64_t power = 100;
    for (int i = 0; i < kPowersOfTen; ++i, power *= 10)
      made.insert(made.end(), {power, 2 * power, 5 * power});
    return made;
  }();
  return edges;
}

std::span<const std::int64_t> doubling_edges() {
  static const std::vector<std::int64_t> edges = [] {
    std::vector<std::int64_t> made{0};
    for (int i = 0; i < kDoublings; ++i) made.push_back(std::int64_t{1} << i);
    return made;
  }();
  return edges;
}

}  // namespace synthv1
