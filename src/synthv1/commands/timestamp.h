// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace synthv1 {

/// A moment of the wall clock, for people and other programs to read; waits are measured by Clock.
using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;
/// Says what time it is.
using WallClock = std::function<WallTime()>;

/// The system's wall clock.
WallTime wall_time();

/// RFC 3339, UTC, with milliseconds: "2024-07-26T08:15:30.250Z".
std::string format_time(WallTime time);

}  // namespace synthv1
