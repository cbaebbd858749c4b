// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace synthv1 {

/// Two shares, from 0 to 1; low <= high.
struct Interval {
  double low = 0;
  double high = 1;
};

/// The interval that holds the true share with 95 % confidence where `correct` of `of` were right (E. B.
/// Wilson, 1927, without continuity correction). Of nothing: 0 to 1. `correct` is at most `of`.
Interval wilson95(std::uint64_t correct, std::uint64_t of);

}  // namespace synthv1
