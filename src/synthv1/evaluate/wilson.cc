// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/wilson.h"

#include "synthv1/base/error.h"

#include <algorithm>
#include <cmath>

namespace synthv1 {

namespace {

constexpr double kZ = 1.959963984540054;  ///< the 97.5 % quantile of the normal distribution

}  // namespace

Interval wilson95(std::uint64_t correct, std::uint64_t of) {
  check(correct <= of, "no more are right than there are");
  if (of == 0) return {};
  const double n = static_cast<double>(of);
  const double share = static_cast<double>(correct) / n;
  const double scale = 1 + kZ * kZ / n;
  const double centre = (share + kZ * kZ / (2 * n)) / scale;
  const double half = kZ * std::sqrt(share * (1 - share) / n + kZ * kZ / (4 * n * n)) / scale;
  return {.low = correct == 0 ? 0 : std::max(0.0, centre - half),
          .high = correct == of ? 1 : std::min(1.0, centre + half)};
}

}  // namespace synthv1
