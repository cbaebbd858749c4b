// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace synthv1 {

/// How many cores this process may use, at least 1. On Linux its affinity counts, so that `taskset` is
/// heeded.
std::uint32_t usable_cores();

}  // namespace synthv1
