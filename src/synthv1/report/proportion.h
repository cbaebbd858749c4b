// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/wilson.h"

#include <cstdint>

namespace synthv1 {

/// How many of some questions were answered rightly.
struct Proportion {
  std::uint64_t asked = 0, correct = 0;

  void add(bool right) {
    ++asked;
    correct += right ? 1U : 0U;
  }
  /// 0 where nothing was asked.
  double share() const { return asked == 0 ? 0 : static_cast<double>(correct) / static_cast<double>(asked); }
  /// Where the true share lies with 95 % confidence.
  Interval interval() const { return wilson95(correct, asked); }
};

}  // namespace synthv1
