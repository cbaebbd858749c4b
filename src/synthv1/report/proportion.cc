// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/proportion.h"

#include <algorithm>
#include <cmath>

namespace synthv1 {

namespace {

constexpr double kZ = 1.959963984540054;  ///< the normal distribution's 97.5 % quantile

}  // namespace

Interval Proportion::interval() const {
  if (asked == 0) return {};
  const auto n = static_cast<double>(asked);
  const double p = share();
  const double weight = 1 + kZ * kZ / n;
  const double centre = (p + kZ * kZ / (2 * n)) / weight;
  const double half = kZ * std::sqrt(p * (1 - p) / n + kZ * kZ / (4 * n * n)) / weight;
  // All right and none right are at the ends, whatever rounding makes of them.
  return {.low = correct == 0 ? 0 : std::max(0.0, centre - half),
          .high = correct == asked ? 1 : std::min(1.0, centre + half)};
}

}  // namespace synthv1
