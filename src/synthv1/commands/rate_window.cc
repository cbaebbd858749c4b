// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/rate_window.h"

namespace synthv1 {

void RateWindow::add(Clock::TimePoint time, std::int64_t count) {
  const std::size_t size = samples_.size();
  const bool stands_still =
      size >= 2 && samples_[size - 1].count == count && samples_[size - 2].count == count;
  if (stands_still) {
    samples_.back().time = time;
  } else {
    samples_.push_back({.time = time, .count = count});
  }
  while (samples_.size() > 2 && samples_[1].time <= time - span_ && count - samples_[1].count >= fewest_) {
    samples_.pop_front();
  }
}

std::optional<double> RateWindow::per_second() const {
  if (samples_.size() < 2) return std::nullopt;
  const auto grown = static_cast<double>(samples_.back().count - samples_.front().count);
  const double seconds = std::chrono::duration<double>(samples_.back().time - samples_.front().time).count();
  if (grown <= 0 || seconds <= 0) return std::nullopt;
  return grown / seconds;
}

}  // namespace synthv1
