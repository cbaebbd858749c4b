// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace synthv1 {

/// A share and where the true one lies with 95 % confidence.
struct Interval {
  double low = 0, high = 1;
};

/// How many of some questions were answered rightly.
struct Proportion {
  std::uint64_t asked = 0, correct = 0;

  void add(bool right) {
    ++asked;
    correct += right ? 1U : 0U;
  }
  /// 0 where nothing was asked.
  double share() const { return asked == 0 ? 0 : static_cast<double>(correct) / static_cast<double>(asked); }
  /// Wilson's score interval (E. B. Wilson, JASA 22, 1927); 0 to 1 where nothing was asked.
  Interval interval() const;
};

}  // namespace synthv1
