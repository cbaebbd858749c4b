// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/random.h"
#include "synthv1/model/chat_model.h"
#include "synthv1/model/clock.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace synthv1 {

/// What came of all calls of a run, for the summary. calls + kept = replies + the sum of `failures`; replies
/// = accepted + the sum of `refused`.
struct CallCounters {
  std::uint64_t calls = 0;
  std::uint64_t kept = 0;      ///< replies out of a journal, without a call
  std::uint64_t replies = 0;   ///< whole replies
  std::uint64_t accepted = 0;  ///< of them, those that passed the caller's check
  std::map<std::string, std::uint64_t, std::less<>> failures;  ///< by CallError::label: "429", "idle timeout"
  std::map<std::string, std::uint64_t, std::less<>> refused;   ///< by kind: "faulty", "cut off", "empty"
  std::int64_t prompt_tokens = 0, completion_tokens = 0;       ///< as far as the endpoint counted them

  CallCounters& operator+=(const CallCounters& other);
};

/// What all calls of a run share: the first fatal error, counters, and the pause that the endpoint asked for.
/// One thread.
class RunState {
 public:
  /// `clock` must outlive this. `jitter_seed` names the stream that pauses are drawn from.
  explicit RunState(Clock& clock, std::uint64_t jitter_seed = 0);

  Clock& clock() const { return clock_; }

  /// Ends the run: the first error stays, and every ask() returns it from now on. Calls `on_stop` once.
  void stop(CallError error);
  const std::optional<CallError>& fatal() const { return fatal_; }
  /// Called where the run ends by a fatal error, from within the call that met it: the place to cancel calls
  /// in flight.
  void set_on_stop(std::function<void()> on_stop) { on_stop_ = std::move(on_stop); }

  /// Ends the run in good order: no new calls, those in flight go on. The first reason stays. Calls
  /// `on_drain` once.
  void drain(Error why);
  const std::optional<Error>& draining() const { return draining_; }
  void set_on_drain(std::function<void()> on_drain) { on_drain_ = std::move(on_drain); }

  /// Replies out of a journal count nothing: they were counted when they came.
  void leave_out_kept() { counts_kept_ = false; }
  bool counts_kept() const { return counts_kept_; }

  CallCounters& counters() { return counters_; }
  const CallCounters& counters() const { return counters_; }
  /// Adds a reply's tokens; what is unknown or absurd counts nothing.
  void count_usage(const Usage& usage);

  /// A time between nothing and `most`.
  std::chrono::milliseconds jitter(std::chrono::milliseconds most);

 private:
  Clock& clock_;
  std::optional<CallError> fatal_;
  std::function<void()> on_stop_;
  std::optional<Error> draining_;
  std::function<void()> on_drain_;
  CallCounters counters_;
  bool counts_kept_ = true;
  RandomStream random_;
};

}  // namespace synthv1
