// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/random.h"
#include "synthv1/model/admission.h"
#include "synthv1/model/concurrency_limit.h"
#include "synthv1/model/rate_pace.h"
#include "synthv1/model/refusal_window.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>

namespace synthv1 {

/// A call that was let through.
struct Ticket {
  std::uint64_t number = 0;  ///< 1, 2, 3... in order of admission
  double tokens = 0;         ///< that it was expected to take
};

/// When a call may be sent to an endpoint, by what became of those before. Where half of the latest were
/// refused (429, overload), or the only one in flight, none is sent until the latest time that a refusal
/// named, or for 0.5 s, 1 s, ... 8 s; then one, and twice as many each quarter of a second, faster as replies
/// come. An endpoint that cannot be reached gets one call at a time until it replies. Fewer refusals among
/// replies hold nothing back, but for the permit of each, which rests a moment. It knows no coroutines and
/// reads no clock. One thread.
class CallGate {
 public:
  explicit CallGate(const AdmissionOptions& options);

  /// How long the next call has to wait: 0 if it may be sent, nothing if first another has to end.
  std::optional<std::chrono::milliseconds> wait(Clock::TimePoint now);
  /// Lets it through: wait() was 0.
  Ticket admit(Clock::TimePoint now, double tokens);
  /// It is over, whatever came of it.
  void leave(const Ticket& ticket);

  /// What came of it, before leave(). `tokens` is what the reply took.
  void replied(const Ticket& ticket, const ChatReply& reply, double tokens, Clock::TimePoint now);
  void failed(const Ticket& ticket, const CallError& error, Clock::TimePoint now);
  /// The server said how busy it is.
  void load_seen(const ServerLoad& load) { limit_.load_seen(load, in_flight_, next_); }

  /// `waiting` is left 0.
  AdmissionStatus status(Clock::TimePoint now) const;

 private:
  std::optional<std::chrono::milliseconds> wait_for_permit(Clock::TimePoint now);
  void step_up(Clock::TimePoint now);
  void refused(const Ticket& ticket, const CallError& error, Clock::TimePoint now);
  void cut_if_too_high(std::uint64_t call);
  void hold(Clock::TimePoint until, std::chrono::milliseconds first_step);
  bool is_full(const RefusalShare& share) const;
  std::size_t window(const CallError& error) const;
  std::chrono::milliseconds backoff();

  ConcurrencyLimit limit_;
  RatePace requests_;
  RatePace tokens_;
  RefusalWindow refusals_;
  RandomStream random_;
  std::uint64_t next_ = 1;  ///< number of the next call
  std::uint32_t in_flight_ = 0;
  std::deque<Clock::TimePoint> resting_;  ///< when the permits of refused calls are free again

  Clock::TimePoint held_until_{};
  std::uint32_t holds_ = 0;            ///< one after the other, without a reply between
  std::uint64_t resumed_at_ = 0;       ///< number of the first call after the last hold
  std::optional<std::uint32_t> ramp_;  ///< while it reopens: of calls from resumed_at_ on, most in flight
  std::uint32_t in_flight_since_ = 0;  ///< of those
  std::optional<Clock::TimePoint> next_step_;  ///< when the ramp doubles; set by its first call
  std::chrono::milliseconds first_step_{0};
};

}  // namespace synthv1
