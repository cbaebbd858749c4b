// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/clock.h"

#include "synthv1/net/await.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

namespace synthv1 {

Clock::TimePoint SystemClock::now() const { return std::chrono::steady_clock::now(); }

std::chrono::sys_seconds SystemClock::wall() const {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

asio::awaitable<void> SystemClock::sleep(std::chrono::milliseconds time) {
  asio::steady_timer timer(co_await asio::this_coro::executor, time);
  co_await timer.async_wait(net::kAwait);
}

}  // namespace synthv1
