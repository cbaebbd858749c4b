// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/net/http.h"

#include <chrono>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace synthv1::net {

namespace asio = boost::asio;
using boost::system::error_code;

/// Completion token of our operations: a tuple that begins with the error_code, never an exception.
inline constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

/// Is this error our side's want of ports, descriptors or memory?
bool is_local_shortage(const error_code& error);

/// The fault and the message of a connection that did not come about.
TransportError connect_error(const error_code& error);

/// What can be waited for by one call and broken off by its deadline.
class Breakable {
 public:
  virtual void break_off() = 0;

 protected:
  ~Breakable() = default;
};

/// How a wait ended.
enum class Woken {
  normally,
  by_cancellation,  ///< of the coroutine: it must await nothing more, since that would throw
};

/// Something to wait for, with a time limit.
class Event final : public Breakable {
 public:
  explicit Event(asio::any_io_executor executor) : timer_(std::move(executor)) {}

  /// Returns at the next signal(), when the time has passed, or when the coroutine is cancelled.
  asio::awaitable<Woken> wait_until(std::chrono::steady_clock::time_point time);
  /// As wait_until, without an end; several coroutines may wait.
  asio::awaitable<Woken> wait();
  void signal() { timer_.cancel(); }
  void break_off() override { signal(); }

 private:
  asio::awaitable<Woken> wait_for_timer();

  asio::steady_timer timer_;
};

}  // namespace synthv1::net
