// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/clock.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace synthv1 {

/// How many of some calls were refused.
struct RefusalShare {
  std::size_t calls = 0;
  std::size_t refusals = 0;
  std::optional<Clock::TimePoint> come_again;  ///< the latest time that a refusal named
};

/// Which of the latest calls an endpoint refused. Refusals come at once and replies take long, so a share
/// counts by the order in which calls were sent: those without an answer are not refused.
class RefusalWindow {
 public:
  /// Remembers the refusals of so many calls.
  explicit RefusalWindow(std::size_t calls) : refusals_(calls) {}

  /// Call `call` (at least 1) was refused, and may come again then, where that was said.
  void refused(std::uint64_t call, std::optional<Clock::TimePoint> come_again);

  /// Of the `most` calls up to call `last`, leaving out those before `first`.
  RefusalShare share(std::uint64_t first, std::uint64_t last, std::size_t most) const;

 private:
  struct Refusal {
    std::uint64_t call = 0;
    std::optional<Clock::TimePoint> come_again;
  };

  std::vector<Refusal> refusals_;  ///< a call's place is its number, modulo the size
};

}  // namespace synthv1
