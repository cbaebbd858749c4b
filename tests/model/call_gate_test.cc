// SPDX-License-Identifier: Apache-2.0
// The gate against endpoints that are simulated: whole runs in no time.
#include "synthv1/model/call_gate.h"

#include "tests/model/simulated_run.h"

#include <algorithm>
#include <queue>

#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

using namespace std::chrono_literals;

std::size_t sent_between(const SimulatedRun& run, milliseconds from, milliseconds to) {
  return static_cast<std::size_t>(
      std::count_if(run.sent.begin(), run.sent.end(), [&](auto t) { return t > from && t < to; }));
}

/// Works on `slots` calls at once; others wait there.
class Queueing {
 public:
  Queueing(std::size_t slots, milliseconds time) : slots_(slots), time_(time) {}
  Served operator()(milliseconds now, std::uint32_t) {
    while (!ends_.empty() && ends_.top() <= now) ends_.pop();
    milliseconds begin = now;
    if (ends_.size() >= slots_) {
      begin = ends_.top();
      ends_.pop();
    }
    ends_.push(begin + time_);
    return {.time = begin + time_ - now};
  }

 private:
  std::size_t slots_;
  milliseconds time_;
  std::priority_queue<milliseconds, std::vector<milliseconds>, std::greater<>> ends_;
};

TEST(CallGate, T1ARefusedBurstHoldsAllCallsForAsLongAsItSays) {
  SimulatedRun run({.limit = 64}, [](milliseconds now, std::uint32_t) -> Served {
    if (now < 2s) return refused_with(error_429(2s));
    return {.time = 200ms};
  });
  run.run(500);
  EXPECT_EQ(sent_between(run, -1ms, 1ms), 64U);
  EXPECT_EQ(sent_between(run, 0ms, 2001ms), 0U);
  // It opens by degrees, and then wholly.
  EXPECT_EQ(sent_between(run, 2000ms, 2200ms), 1U);
  EXPECT_EQ(run.peak_in_flight, 64U);
  EXPECT_LE(run.now, 2s + 500 * 200ms / 64 + 3s);
}

TEST(CallGate, T1ALimiterThatClosesInTheMiddleIsSeen) {
  SimulatedRun run({.limit = 16}, [](milliseconds now, std::uint32_t) -> Served {
    if (now >= 5s && now < 15s) return refused_with(error_429(15s - now));
    return {.time = 300ms};
  });
  run.run(2000);
  EXPECT_LE(sent_between(run, 5s, 15s), 32U);
  EXPECT_EQ(sent_between(run, 6s, 15s), 0U);
}

TEST(CallGate, T1ACallAloneHoldsTheOthers) {
  bool first = true;
  SimulatedRun run({.limit = 1}, [&](milliseconds now, std::uint32_t) -> Served {
    if (now >= 1s && std::exchange(first, false)) return refused_with(error_429(2s));
    return {.time = 100ms};
  });
  run.run(40);
  EXPECT_EQ(sent_between(run, 1000ms, 3001ms), 0U);
}

TEST(CallGate, TheLatestTimeNamedHolds) {
  int calls = 0;
  SimulatedRun run({.limit = 8}, [&](milliseconds, std::uint32_t) -> Served {
    if (calls++ < 8) return refused_with(error_429(calls == 5 ? 9s : 1s), milliseconds(calls));
    return {.time = 10ms};
  });
  run.run(20);
  EXPECT_EQ(sent_between(run, 0ms, 9s), 0U);
}

TEST(CallGate, OneInTenRefusedStarvesNobody) {
  for (const std::uint32_t limit : {4U, 16U, 64U, 256U}) {
    RandomStream random(limit);
    SimulatedRun run({.limit = limit}, [&](milliseconds, std::uint32_t) -> Served {
      if (random.chance(10)) return refused_with(error_429(1s));
      return {.time = 200ms};
    });
    const std::size_t calls = std::size_t{60} * limit;
    run.run(calls);
    EXPECT_LE(run.now, 1.5 * 60 * 200ms + 2s) << limit;
    EXPECT_LE(run.gate.status(Clock::TimePoint(run.now)).cuts, 1U) << limit;
  }
}

TEST(CallGate, OneInTenRefusedDoesNotKeepTheLimitDown) {
  RandomStream random(1);
  SimulatedRun run({.limit = 1024, .adaptive = true}, [&](milliseconds, std::uint32_t) -> Served {
    if (random.chance(10)) return refused_with(error_429(1s));
    return {.time = 200ms};
  });
  run.run(20'000);
  EXPECT_GE(run.peak_in_flight, 900U);
}

TEST(CallGate, T6RefusedForEverItProbesEverMoreRarely) {
  SimulatedRun run({.limit = 100},
                   [](milliseconds, std::uint32_t) -> Served { return refused_with(error_429()); });
  run.run(1000, 1h);
  EXPECT_LE(sent_between(run, 1s, 10s), 8U);
  // A probe every 4 to 8 seconds, for as long as it takes.
  EXPECT_GE(sent_between(run, 10s, 3600s), 3590U / 9);
  EXPECT_LE(sent_between(run, 10s, 3600s), 3600U / 4);
}

TEST(CallGate, T10ABurstCutsTheLimitOnce) {
  for (const bool adaptive : {false, true}) {
    bool closed = false;
    SimulatedRun run({.limit = 500, .adaptive = adaptive, .start = 500},
                     [&](milliseconds now, std::uint32_t) -> Served {
                       closed = now < 50ms;
                       if (closed) return refused_with(error_429(1s), 50ms);
                       return {.time = 200ms};
                     });
    run.run(500);
    const AdmissionStatus status = run.gate.status(Clock::TimePoint(run.now));
    EXPECT_EQ(status.cuts, 1U);
    EXPECT_GE(status.limit, 375U);
    EXPECT_EQ(sent_between(run, 0ms, 1s), 0U);
  }
}

TEST(CallGate, T10ABurstInTheMiddleCutsTheLimitOnce) {
  SimulatedRun run({.limit = 500}, [](milliseconds now, std::uint32_t) -> Served {
    if (now < 2s) return {.time = 2s};
    if (now < 2100ms) return refused_with(error_429(3s), 50ms);
    return {.time = 200ms};
  });
  run.run(2000);
  EXPECT_EQ(run.gate.status(Clock::TimePoint(run.now)).cuts, 1U);
}

TEST(CallGate, T18ALoadingServerIsAskedByOneCallAtATime) {
  SimulatedRun run({.limit = 100}, [](milliseconds now, std::uint32_t) -> Served {
    if (now < 20s) return refused_with(error_429());  // 503 without a time is of the same class
    return {.time = 200ms};
  });
  run.run(200);
  EXPECT_LE(sent_between(run, 10ms, 20s), 12U);
  EXPECT_LE(run.now, 20s + 8s + 4s);
}

TEST(CallGate, T41ADeadServerMeetsOneProbeAtATime) {
  SimulatedRun run({.limit = 1000}, [](milliseconds now, std::uint32_t) -> Served {
    if (now >= 5s && now < 15s) return refused_with(error_refused(), 5s);
    return {.time = 200ms};
  });
  std::uint32_t most = 0;
  run.run(60'000);
  for (milliseconds t = 10'500ms; t < 15s; t += 250ms)
    most = std::max(most, static_cast<std::uint32_t>(sent_between(run, t, t + 250ms)));
  EXPECT_LE(most, 1U);
}

TEST(CallGate, T86AFlappingServerMeetsNoHerd) {
  std::uint32_t herd = 0, down_calls = 0;
  SimulatedRun run({.limit = 200}, [&](milliseconds now, std::uint32_t in_flight) -> Served {
    const bool down = (now / 3s) % 2 == 1;
    if (down) ++down_calls;
    if (!down && now % 3000ms < 100ms && now > 3s) herd = std::max(herd, in_flight);
    if (down) return refused_with(error_refused());
    return {.time = 200ms};
  });
  run.run(20'000);
  const auto flaps = static_cast<std::uint32_t>(run.now / 6s);
  EXPECT_LE(down_calls, (flaps + 1) * 20);
  EXPECT_LE(herd, 4U);
}

TEST(CallGate, T82AStragglerHoldsNothingBack) {
  int calls = 0;
  SimulatedRun run({.limit = 1024, .adaptive = true}, [&](milliseconds, std::uint32_t) -> Served {
    return {.time = ++calls % 1000 == 0 ? 600s : 200ms};
  });
  run.run(30'000);
  EXPECT_EQ(run.sent.size(), 30'000U);
  EXPECT_LE(run.sent.back(), 30s);
  EXPECT_GE(run.peak_in_flight, 900U);
}

TEST(CallGate, T83AServerThatQueuesIsNotFlooded) {
  for (const std::size_t slots : {10, 100, 300}) {
    SimulatedRun run({.limit = 4096, .adaptive = true}, Queueing(slots, 200ms));
    run.run(100 * slots);
    const milliseconds start = run.now;
    run.run(100 * slots);
    const double best = 100 * 200.0;
    EXPECT_LE(static_cast<double>((run.now - start).count()), 1.05 * best) << slots;
    EXPECT_LE(run.peak_in_flight, 5 * slots) << slots;
  }
}

TEST(CallGate, T83TheServersOwnWordStopsGrowth) {
  RandomStream random(1);
  SimulatedRun run({.limit = 4096, .adaptive = true}, [&](milliseconds, std::uint32_t in_flight) -> Served {
    const double waiting = in_flight > 128 ? in_flight - 128.0 : 0;
    return {.time = milliseconds(random.between(150, 250)),
            .error = {},
            .load = ServerLoad{.waiting = waiting, .running = 128, .cache_used = {}}};
  });
  run.run(20'000);
  EXPECT_GE(run.peak_in_flight, 128U);
  EXPECT_LE(run.peak_in_flight, 256U);
}

TEST(CallGate, T84WithoutSignalsItGrowsAllTheSame) {
  SimulatedRun run({.limit = 512, .adaptive = true}, [&](milliseconds, std::uint32_t) -> Served {
    return {.time = 200ms, .error = {}, .load = ServerLoad{}};
  });
  run.run(10'000);
  EXPECT_EQ(run.peak_in_flight, 512U);
}

TEST(CallGate, AutoFindsWhereRefusalsBegin) {
  SimulatedRun run({.limit = 1024, .adaptive = true}, [](milliseconds, std::uint32_t in_flight) -> Served {
    if (in_flight > 100) return refused_with(error_429(1s));
    return {.time = 200ms};
  });
  run.run(3'000);
  const milliseconds start = run.now;
  run.run(20'000);
  EXPECT_LE(run.now - start, 1.15 * 20'000 * 200ms / 100);
  EXPECT_LE(run.sent.size(), 23'000U * 1.1);
}

TEST(CallGate, FailuresStopGrowthWithoutACut) {
  SimulatedRun run({.limit = 1024, .adaptive = true}, [](milliseconds now, std::uint32_t) -> Served {
    const CallError error{.kind = CallClass::transient, .message = "500", .label = "500", .retry_after = {}};
    if (now < 60s && now % 5ms == 0ms) return refused_with(error, 10ms);
    return {.time = 200ms + now % 7ms};
  });
  run.run(5'000, 60s);
  EXPECT_EQ(run.gate.status(Clock::TimePoint(run.now)).cuts, 0U);
  EXPECT_LE(run.peak_in_flight, 32U);
  run.run(20'000);
  EXPECT_GE(run.peak_in_flight, 500U);
}

TEST(CallGate, GrowsOnlyWhereTheLimitIsUsedUp) {
  SimulatedRun run({.limit = 1024, .adaptive = true},
                   [](milliseconds, std::uint32_t) -> Served { return {.time = 200ms}; });
  for (int i = 0; i < 100; ++i) run.run(6);
  EXPECT_EQ(run.gate.status(Clock::TimePoint(run.now)).limit, 8U);
}

TEST(CallGate, T8AUsedUpQuotaHoldsBeforeTheRefusal) {
  CallGate gate({.limit = 8});
  const Clock::TimePoint start(1s);
  const Ticket ticket = gate.admit(start, 0);
  ChatReply reply{.content = "x"};
  reply.quota_pause = 1000ms;
  gate.replied(ticket, reply, 0, start);
  gate.leave(ticket);
  EXPECT_EQ(gate.wait(start), 1000ms);
  EXPECT_EQ(gate.wait(start + 1000ms), 0ms);
  EXPECT_EQ(gate.status(start + 300ms).held_for, 700ms);
}

TEST(CallGate, RequestsAMinuteCountRetriesToo) {
  int calls = 0;
  SimulatedRun run({.limit = 64, .requests_a_minute = 600}, [&](milliseconds, std::uint32_t) -> Served {
    if (calls++ % 5 == 0) return refused_with(error_429(100ms));
    return {.time = 200ms};
  });
  run.run(1'000);
  for (std::size_t i = 600; i < run.sent.size(); ++i) EXPECT_GE(run.sent[i] - run.sent[i - 600], 60s);
  EXPECT_LE(run.now, static_cast<int>(run.sent.size()) * 102ms);
}

TEST(CallGate, TokensAMinuteAreCorrectedByReplies) {
  CallGate gate({.limit = 8, .tokens_a_minute = 6'000});
  const Clock::TimePoint start(1s);
  const Ticket ticket = gate.admit(start, 1'000);
  EXPECT_GT(gate.wait(start), 9s);
  gate.replied(ticket, ChatReply{.content = "x"}, 100, start);
  EXPECT_LT(gate.wait(start), 1s);
  gate.leave(ticket);
  const Ticket second = gate.admit(start + 1s, 1'000);
  gate.failed(second, error_429(), start + 1s);
  gate.leave(second);
  EXPECT_LE(gate.wait(start + 10s), 0ms) << "a refused call takes no tokens";
}

}  // namespace
}  // namespace synthv1::test
