// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/net/await.h"
#include "synthv1/net/http.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

namespace synthv1::net {

class Watch;

/// Holds the calls of one client to their deadlines with a single timer, which ticks only while there are
/// calls. A deadline is met late by a tick at most: a tenth of the shortest deadline, and no more than a
/// tenth of a second.
class Watchdog : public std::enable_shared_from_this<Watchdog> {
 public:
  static std::shared_ptr<Watchdog> make(asio::any_io_executor executor, const Deadlines& deadlines);
  const Deadlines& deadlines() const { return deadlines_; }

 private:
  friend class Watch;
  Watchdog(asio::any_io_executor executor, const Deadlines& deadlines);
  void add(Watch& watch);
  void remove(Watch& watch);
  void arm();
  void tick();

  asio::steady_timer timer_;
  Deadlines deadlines_;
  std::chrono::milliseconds period_;
  std::vector<Watch*> watches_;
};

/// The deadlines of one call, from construction on. Where one passes, what the call waits for is broken off,
/// and expired() says which it was.
class Watch {
 public:
  explicit Watch(Watchdog& dog);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  /// Connecting begins.
  void begin_connect();
  /// The request was sent, or something was received: the idle time begins anew.
  void restart_idle();
  /// Names what is waited for, to be broken off; null for nothing. It must outlive the wait.
  void wait_for(Breakable* thing) { waiting_ = thing; }
  /// connect_timeout, idle_timeout or total_timeout, once it has passed.
  std::optional<TransportFault> expired() const { return expired_; }
  /// Says in words which deadline passed.
  TransportError error() const;

 private:
  friend class Watchdog;
  using Clock = std::chrono::steady_clock;
  void look(Clock::time_point now);
  void expire(TransportFault fault);

  Watchdog& dog_;
  std::size_t place_ = 0;  ///< in the watchdog's list
  Clock::time_point total_end_;
  Clock::time_point phase_end_;
  TransportFault phase_fault_ = TransportFault::connect_timeout;
  Breakable* waiting_ = nullptr;
  std::optional<TransportFault> expired_;
};

}  // namespace synthv1::net
