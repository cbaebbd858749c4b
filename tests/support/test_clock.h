// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/clock.h"
#include "synthv1/net/await.h"

#include <chrono>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

namespace synthv1::test {

/// A clock that stands still but for those who sleep, and they do not wait.
class TestClock final : public Clock {
 public:
  TimePoint now() const override { return now_; }
  std::chrono::sys_seconds wall() const override { return wall_; }
  asio::awaitable<void> sleep(std::chrono::milliseconds time) override {
    const TimePoint end = now_ + time;
    co_await asio::post(co_await asio::this_coro::executor, net::kAwait);
    advance_to(end);
  }

  void advance(std::chrono::milliseconds time) { now_ += time; }
  void set_wall(std::chrono::sys_seconds wall) { wall_ = wall; }
  /// How far the clock has come since the beginning.
  std::chrono::milliseconds elapsed() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(now_ - TimePoint{});
  }

 private:
  void advance_to(TimePoint time) {
    if (time > now_) now_ = time;
  }

  TimePoint now_{};
  std::chrono::sys_seconds wall_{std::chrono::seconds(1'700'000'000)};
};

}  // namespace synthv1::test
