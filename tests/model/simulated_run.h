// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/call_gate.h"
#include "synthv1/model/clock.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace synthv1::test {

using std::chrono::milliseconds;

/// What a simulated endpoint does with a call: after `time` a reply, or that error.
struct Served {
  milliseconds time;
  std::optional<CallError> error{};
  std::optional<ServerLoad> load{};
};

inline Served refused_with(CallError error, milliseconds time = milliseconds(1)) {
  return {.time = time, .error = std::move(error)};
}
inline CallError error_429(std::optional<milliseconds> retry_after = {}) {
  return {.kind = CallClass::capacity, .message = "429", .label = "429", .retry_after = retry_after};
}
inline CallError error_refused() {
  return {.kind = CallClass::capacity,
          .message = "refused",
          .label = "refused",
          .retry_after = {},
          .sent = true,
          .unreachable = true};
}

/// Calls behind a gate, to an endpoint that is a function, on a clock that is a number. A refused call comes
/// again when it may, at the end of the line; one without a time, after half a second.
class SimulatedRun {
 public:
  using Endpoint = std::function<Served(milliseconds now, std::uint32_t in_flight)>;

  SimulatedRun(const AdmissionOptions& options, Endpoint endpoint)
      : gate(options), endpoint_(std::move(endpoint)) {}

  /// Goes on until so many calls have replies, or the time is up.
  void run(std::size_t calls, milliseconds until = std::chrono::hours(24)) {
    waiting_ += calls;
    const std::size_t goal = replies + calls;
    while (replies < goal && now < until) step();
  }

  CallGate gate;
  milliseconds now{0};
  std::size_t replies = 0;
  std::vector<milliseconds> sent;  ///< when each call was
  std::uint32_t peak_in_flight = 0;
  std::uint32_t in_flight = 0;

 private:
  Clock::TimePoint time() const { return Clock::TimePoint(now); }

  void step() {
    std::optional<milliseconds> left;
    if (waiting_ > 0) left = gate.wait(time());
    if (left && *left <= milliseconds(0)) return send();
    std::optional<milliseconds> next;
    if (!events_.empty()) next = events_.begin()->first;
    if (left && (!next || now + *left < *next)) next = now + *left;
    check(next.has_value(), "SimulatedRun: nothing will ever happen");
    now = std::max(now, *next);
    while (!events_.empty() && events_.begin()->first <= now) {
      const auto event = std::move(events_.begin()->second);
      events_.erase(events_.begin());
      event();
    }
  }

  void send() {
    --waiting_;
    const Ticket ticket = gate.admit(time(), 0);
    sent.push_back(now);
    peak_in_flight = std::max(peak_in_flight, ++in_flight);
    const Served served = endpoint_(now, in_flight);
    events_.emplace(now + served.time, [this, ticket, served] { end(ticket, served); });
  }

  void end(const Ticket& ticket, const Served& served) {
    if (served.error) {
      gate.failed(ticket, *served.error, time());
      const milliseconds pause = served.error->retry_after.value_or(milliseconds(500));
      events_.emplace(now + pause, [this] { ++waiting_; });
    } else {
      ChatReply reply{.content = "x", .finish_reason = "stop", .usage = {{}, 100}, .latency = served.time};
      reply.load = served.load;
      gate.replied(ticket, reply, 0, time());
      ++replies;
    }
    gate.leave(ticket);
    --in_flight;
  }

  Endpoint endpoint_;
  std::size_t waiting_ = 0;
  std::multimap<milliseconds, std::function<void()>> events_;
};

}  // namespace synthv1::test
