// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/clock.h"

#include <chrono>

namespace synthv1 {

/// Spaces calls evenly, so that what they take stays within a limit a minute: a burst is what a tenth of a
/// second allows, and no half-open minute holds more than the limit (of several units a call: than the limit
/// and the last call). It is GCRA, the leaky bucket as a meter.
class RatePace {
 public:
  /// 0: no limit.
  explicit RatePace(double per_minute);

  /// How long the next call has to wait.
  std::chrono::milliseconds wait(Clock::TimePoint now) const;
  /// A call takes `amount` now.
  void take(Clock::TimePoint now, double amount);
  /// It took that much more; less where negative.
  void correct(double amount);

 private:
  Clock::TimePoint::duration time_of(double amount) const;

  std::chrono::duration<double> interval_{0};  ///< for one unit
  Clock::TimePoint paid_off_{};                ///< when what was taken is made up for
};

}  // namespace synthv1
