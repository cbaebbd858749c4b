// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/rate_pace.h"

#include <algorithm>

namespace synthv1 {

namespace {

constexpr std::chrono::milliseconds kBurst{100};
constexpr std::chrono::duration<double> kMinute = std::chrono::minutes(1) + kBurst;

}  // namespace

RatePace::RatePace(double per_minute) : interval_(per_minute > 0 ? kMinute / per_minute : kMinute * 0) {}

std::chrono::milliseconds RatePace::wait(Clock::TimePoint now) const {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(paid_off_ - kBurst - now);
  return std::max(left, std::chrono::milliseconds(0));
}

void RatePace::take(Clock::TimePoint now, double amount) {
  paid_off_ = std::max(paid_off_, now) + time_of(amount);
}

void RatePace::correct(double amount) { paid_off_ += time_of(amount); }

Clock::TimePoint::duration RatePace::time_of(double amount) const {
  return std::chrono::duration_cast<Clock::TimePoint::duration>(interval_ * amount);
}

}  // namespace synthv1
