// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include <boost/asio/awaitable.hpp>

namespace synthv1 {

namespace asio = boost::asio;

/// Time as the calls of a model see it; tests pass one that does not wait.
class Clock {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  virtual ~Clock() = default;

  /// For measuring waits; never jumps.
  virtual TimePoint now() const = 0;
  /// The wall clock, in whole seconds since 1970: only for dates in headers.
  virtual std::chrono::sys_seconds wall() const = 0;
  /// Returns after that time, or early where the coroutine is cancelled.
  virtual asio::awaitable<void> sleep(std::chrono::milliseconds time) = 0;
};

/// The system's clocks and an Asio timer on the coroutine's executor.
class SystemClock final : public Clock {
 public:
  TimePoint now() const override;
  std::chrono::sys_seconds wall() const override;
  asio::awaitable<void> sleep(std::chrono::milliseconds time) override;
};

}  // namespace synthv1
