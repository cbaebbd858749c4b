// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/paired.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace synthv1 {

namespace {

/// The correlation of being right, its numerator made smaller by half a question on each side of a positive
/// one (method 10).
double correlation(const PairedCounts& counts) {
  const auto both = static_cast<double>(counts.both), only_base = static_cast<double>(counts.only_base);
  const auto only_run = static_cast<double>(counts.only_run), neither = static_cast<double>(counts.neither);
  const double margins =
      (both + only_base) * (only_run + neither) * (both + only_run) * (only_base + neither);
  if (margins == 0) return 0;
  const double product = both * neither - only_base * only_run;
  const double half = static_cast<double>(counts.questions()) / 2;
  return (product < 0 ? product : std::max(0.0, product - half)) / std::sqrt(margins);
}

/// The length of the sum of two deviations that correlate so.
double joined(double a, double b, double correlation) {
  return std::sqrt(std::max(0.0, a * a - 2 * correlation * a * b + b * b));
}

/// The lower tail up to `successes` of `trials` (fewer than kLeastForChiSquare) fair coins.
double coin_tail(std::uint64_t successes, std::uint64_t trials) {
  std::uint64_t ways = 1, all = 1;
  for (std::uint64_t i = 1; i <= successes; ++i) {
    ways = ways * (trials - i + 1) / i;
    all += ways;
  }
  return static_cast<double>(all) / static_cast<double>(std::uint64_t{1} << trials);
}

}  // namespace

void PairedCounts::add(bool base_right, bool run_right) {
  ++(base_right ? (run_right ? both : only_base) : (run_right ? only_run : neither));
}

double PairedCounts::difference() const {
  if (questions() == 0) return 0;
  return (static_cast<double>(only_run) - static_cast<double>(only_base)) / static_cast<double>(questions());
}

Interval difference95(const PairedCounts& counts) {
  const std::uint64_t all = counts.questions();
  if (all == 0) return {.low = -1, .high = 1};
  const std::uint64_t base_right = counts.both + counts.only_base, run_right = counts.both + counts.only_run;
  const double base = static_cast<double>(base_right) / static_cast<double>(all);
  const double run = static_cast<double>(run_right) / static_cast<double>(all);
  const Interval of_base = wilson95(base_right, all), of_run = wilson95(run_right, all);
  const double phi = correlation(counts);
  return {.low = std::max(-1.0, run - base - joined(run - of_run.low, of_base.high - base, phi)),
          .high = std::min(1.0, run - base + joined(of_run.high - run, base - of_base.low, phi))};
}

double mcnemar_p(const PairedCounts& counts) {
  const std::uint64_t all = counts.discordant();
  const auto [fewer, more] = std::minmax(counts.only_base, counts.only_run);
  if (all < kLeastForChiSquare) return std::min(1.0, 2 * coin_tail(fewer, all));
  if (fewer == more) return 1;
  // Of one degree of freedom, a chi-square is the square of a normal deviate.
  const double deviate = static_cast<double>(more - fewer - 1) / std::sqrt(static_cast<double>(all));
  return std::erfc(deviate / std::numbers::sqrt2);
}

}  // namespace synthv1
