// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/concurrency_limit.h"

#include <functional>

#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

/// One limit, asked to its full by calls that all succeed.
class LimitTest : public ::testing::Test {
 protected:
  /// A round in which the limit is used up; a token takes so long with so many in flight.
  void round(const std::function<double(double)>& seconds_a_token = [](double) { return 0.01; }) {
    const std::uint32_t in_flight = limit_.now();
    const std::uint64_t first = next_;
    next_ += std::max(in_flight, 8u);
    limit_.admitted(in_flight);
    for (std::uint64_t call = first; call < next_; ++call)
      limit_.replied(call, seconds_a_token(in_flight), next_);
  }

  ConcurrencyLimit limit_{8, 1000};
  std::uint64_t next_ = 1;
};

TEST_F(LimitTest, DoublesEachCleanRound) {
  for (const std::uint32_t expected : {8U, 16U, 32U, 64U, 128U, 256U, 512U, 1000U, 1000U}) {
    EXPECT_EQ(limit_.now(), expected);
    round();
  }
}

TEST_F(LimitTest, OneCutABurst) {
  for (int i = 0; i < 4; ++i) round();
  EXPECT_EQ(limit_.now(), 128U);
  limit_.cut(next_);
  EXPECT_EQ(limit_.now(), 96U);
  EXPECT_EQ(limit_.cut_at(), next_);
  EXPECT_EQ(limit_.cuts(), 1U);
}

TEST_F(LimitTest, AfterACutItGrowsFastToBelowItAndThenSlowly) {
  for (int i = 0; i < 4; ++i) round();
  limit_.cut(next_);
  round();
  EXPECT_EQ(limit_.now(), 109U);
  round();
  EXPECT_EQ(limit_.now(), 115U);
  round();
  EXPECT_EQ(limit_.now(), 118U);
}

TEST_F(LimitTest, NeverFallsBelowOne) {
  for (int i = 0; i < 20; ++i) limit_.cut(next_);
  EXPECT_EQ(limit_.now(), 1U);
  round();
  EXPECT_GT(limit_.now(), 1U);
}

TEST_F(LimitTest, AFailureStopsOneRound) {
  limit_.failed();
  round();
  EXPECT_EQ(limit_.now(), 8U);
  round();
  EXPECT_EQ(limit_.now(), 16U);
}

TEST_F(LimitTest, T83WhereMoreCallsBringNothingItGoesBack) {
  const auto hundred_at_once = [](double in_flight) { return 0.01 * std::max(1.0, in_flight / 100); };
  for (int i = 0; i < 6; ++i) round(hundred_at_once);
  EXPECT_EQ(limit_.now(), 128U);
  for (int i = 0; i < 100; ++i) {
    round(hundred_at_once);
    EXPECT_GE(limit_.now(), 100U);
    EXPECT_LE(limit_.now(), 200U);
  }
}

TEST_F(LimitTest, BatchesThatGrowSlowerTogetherAreStillWorthIt) {
  // Twice as long a token at 200 in flight, yet many more tokens in all.
  for (int i = 0; i < 12; ++i) round([](double in_flight) { return 0.01 * (1 + in_flight / 200); });
  EXPECT_EQ(limit_.now(), 1000U);
}

TEST_F(LimitTest, T84UnknownLoadStopsNothing) {
  limit_.load_seen({}, 8, 1);
  limit_.load_seen({.waiting = {}, .running = 3, .cache_used = {}}, 8, 1);
  round();
  EXPECT_EQ(limit_.now(), 16U);
}

TEST_F(LimitTest, ACrowdedServerStopsGrowth) {
  limit_.load_seen({.waiting = 5, .running = 8, .cache_used = {}}, 8, 1);
  round();
  EXPECT_EQ(limit_.now(), 8U);
  limit_.load_seen({.waiting = 0, .running = 8, .cache_used = 0.95}, 8, 1);
  round();
  EXPECT_EQ(limit_.now(), 8U);
  limit_.load_seen({.waiting = 0, .running = 8, .cache_used = 0.5}, 8, 1);
  round();
  EXPECT_EQ(limit_.now(), 10U);
}

TEST_F(LimitTest, TheServersLastWordHoldsUntilItSaysNothing) {
  limit_.load_seen({.waiting = 5, .running = 8, .cache_used = {}}, 8, 1);
  for (int i = 0; i < 3; ++i) round();
  EXPECT_EQ(limit_.now(), 8U);
  limit_.load_seen({}, 8, 1);
  round();
  EXPECT_EQ(limit_.now(), 10U);
}

TEST_F(LimitTest, WorkThatTheServerThrewAwayIsACut) {
  for (int i = 0; i < 4; ++i) round();
  limit_.load_seen({.preempted = 7}, 8, next_);
  EXPECT_EQ(limit_.now(), 128U) << "of before this run";
  limit_.load_seen({.preempted = 7}, 8, next_);
  EXPECT_EQ(limit_.now(), 128U);
  limit_.load_seen({}, 8, next_);
  limit_.load_seen({.preempted = 9}, 8, next_);
  EXPECT_EQ(limit_.now(), 96U);
  EXPECT_EQ(limit_.cuts(), 1U);
}

TEST_F(LimitTest, RepliesToEarlierCallsAreNoRound) {
  limit_.admitted(8);
  next_ = 100;
  limit_.cut(next_);
  const std::uint32_t after = limit_.now();
  for (std::uint64_t call = 1; call < 100; ++call) limit_.replied(call, 0.01, next_);
  EXPECT_EQ(limit_.now(), after);
}

TEST(ConcurrencyLimit, AFixedOneGrowsBackAfterACut) {
  ConcurrencyLimit limit(64, 64);
  limit.cut(1);
  EXPECT_EQ(limit.now(), 48U);
  std::uint64_t next = 1;
  for (int round = 0; round < 20; ++round) {
    limit.admitted(limit.now());
    const std::uint64_t first = next;
    next += limit.now();
    for (std::uint64_t call = first; call < next; ++call) limit.replied(call, 0.01, next);
  }
  EXPECT_EQ(limit.now(), 64U);
}

}  // namespace
}  // namespace synthv1::test
