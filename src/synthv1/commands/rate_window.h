// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/clock.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>

namespace synthv1 {

/// How fast a count grows of late: over the last `span`, or longer, as far back as it takes to hold `fewest`
/// of what is counted. A slow model's rate is so neither nothing nor infinite between two replies.
class RateWindow {
 public:
  RateWindow(std::chrono::milliseconds span, std::int64_t fewest) : span_(span), fewest_(fewest) {}

  /// The count by now. To be told at the start, and then every now and again, in order of time.
  void add(Clock::TimePoint time, std::int64_t count);
  /// Nothing until something was counted.
  std::optional<double> per_second() const;

 private:
  struct Sample {
    Clock::TimePoint time;
    std::int64_t count = 0;
  };

  std::chrono::milliseconds span_;
  std::int64_t fewest_;
  std::deque<Sample> samples_;
};

}  // namespace synthv1
