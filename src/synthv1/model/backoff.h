// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace synthv1 {

/// The longest pause after so many in a row: 0.5 s, 1 s, 2 s, 4 s, then 8 s. Of it, a random part is slept.
constexpr std::chrono::milliseconds longest_backoff(std::uint32_t pauses_before) {
  constexpr std::chrono::milliseconds kFirst{500}, kMost{8000};
  return std::min(kFirst * (1 << std::min(pauses_before, 10u)), kMost);
}

}  // namespace synthv1
