// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/rate_pace.h"

#include <vector>

#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

/// When each of `count` calls of that amount may be sent, one after the other, in milliseconds.
std::vector<milliseconds> times_of(RatePace pace, std::size_t count, double amount = 1) {
  std::vector<milliseconds> times;
  milliseconds now{0};
  for (std::size_t i = 0; i < count; ++i) {
    now += pace.wait(Clock::TimePoint(now));
    pace.take(Clock::TimePoint(now), amount);
    times.push_back(now);
  }
  return times;
}

TEST(RatePace, WithoutALimitNothingWaits) { EXPECT_EQ(times_of(RatePace(0), 1000).back(), 0ms); }

TEST(RatePace, NoMinuteHoldsMoreThanTheLimit) {
  for (const std::size_t limit : {1, 7, 60, 500, 6'000}) {
    const auto times = times_of(RatePace(static_cast<double>(limit)), 3 * limit);
    for (std::size_t i = limit; i < times.size(); ++i) {
      ASSERT_GE(times[i] - times[i - limit], 60s) << limit << " a minute, call " << i;
    }
    EXPECT_LE(times.back(), 3 * 60'200ms) << limit << " a minute: the limit is used";
  }
}

TEST(RatePace, CallsAreSpreadOverTheMinute) {
  const auto times = times_of(RatePace(600), 100);
  for (std::size_t i = 2; i < times.size(); ++i) EXPECT_LE(times[i] - times[i - 1], 101ms);
  EXPECT_GE(times[9], 700ms);
}

TEST(RatePace, WhatWasNotTakenIsGivenBack) {
  RatePace pace(1'000);
  pace.take(Clock::TimePoint(0ms), 100);
  EXPECT_GT(pace.wait(Clock::TimePoint(0ms)), 5s);
  pace.correct(-100);
  EXPECT_EQ(pace.wait(Clock::TimePoint(0ms)), 0ms);
  pace.correct(100);
  EXPECT_GT(pace.wait(Clock::TimePoint(0ms)), 5s);
}

TEST(RatePace, ACallLargerThanTheMinuteStillGoes) {
  const auto times = times_of(RatePace(100), 3, 500);
  EXPECT_EQ(times[0], 0ms);
  EXPECT_GE(times[1], 5min);
  EXPECT_GE(times[2], 10min);
}

}  // namespace
}  // namespace synthv1::test
