// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/server_load.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace synthv1 {

/// How many calls may be in flight, found by trying, round by round. A round is as many replies, to calls
/// that began in it, as there may be calls in flight. The limit grows after a round
/// that used it up: twofold until something first stood in its way, then fast to just below where it was last
/// cut, then slowly. It does not grow after a round in which calls failed or most load signals said
/// "crowded"; where a quarter more calls brought no more tokens a second, it goes back and rests. One thread.
class ConcurrencyLimit {
 public:
  /// Begins at `start` and stays within `cap`; both are at least 1.
  ConcurrencyLimit(std::uint32_t start, std::uint32_t cap);

  std::uint32_t now() const { return limit_; }
  std::uint64_t cuts() const { return cuts_; }
  /// Number of the first call after the last cut; what became of earlier ones says nothing of this limit.
  std::uint64_t cut_at() const { return cut_at_; }

  /// Number of the first call of this round.
  std::uint64_t round_began() const { return round_began_; }

  /// A call was admitted; `in_flight` counts it.
  void admitted(std::uint32_t in_flight);
  /// Call `call` got its whole reply, of so many seconds a token. `next` is the number of the next call.
  void replied(std::uint64_t call, double seconds_a_token, std::uint64_t next);
  /// A call failed, otherwise than by a refusal.
  void failed() { clean_ = false; }
  /// The server said how busy it is; the last word holds for rounds without any. Where it has thrown away
  /// work since the last time, that is a cut.
  void load_seen(const ServerLoad& load, std::uint32_t in_flight, std::uint64_t next);
  /// Too many calls are refused: one multiplicative step down. Calls from number `next` on may cause another.
  void cut(std::uint64_t next);

 private:
  /// A round at a limit, and how many tokens a second it made.
  struct Level {
    std::uint32_t limit;
    double throughput;
  };

  void end_round(std::uint64_t next);
  void begin_round(std::uint64_t next);
  std::optional<double> throughput();
  bool brought_nothing();
  void grow();
  std::uint32_t step() const;

  std::uint32_t cap_;
  std::uint32_t limit_;
  bool slow_start_ = true;
  std::uint32_t cut_from_ = 0;  ///< the limit before the last cut
  std::uint64_t cut_at_ = 0;
  std::uint64_t cuts_ = 0;
  std::optional<Level> base_;  ///< the round that later ones are compared with
  std::uint32_t rest_ = 0;     ///< rounds without growth to come

  std::uint64_t round_began_ = 0;  ///< number of its first call
  std::vector<double> times_;      ///< seconds a token of its replies
  bool clean_ = true;
  bool saturated_ = false;
  std::uint32_t loads_ = 0, crowded_ = 0;  ///< words of the server in it
  bool last_crowded_ = false;
  std::optional<double> preempted_;  ///< ServerLoad::preempted, as last heard
};

}  // namespace synthv1
