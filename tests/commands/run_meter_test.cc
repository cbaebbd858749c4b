// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/run_meter.h"

#include "tests/support/test_clock.h"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using namespace std::chrono_literals;
using testing::DoubleNear;
using testing::Optional;

Clock::TimePoint at(std::chrono::milliseconds time) { return Clock::TimePoint(time); }

TEST(RateWindow, IsUnknownUntilSomethingIsCounted) {
  RateWindow window(30s, 10);
  EXPECT_EQ(window.per_second(), std::nullopt);
  window.add(at(0s), 0);
  window.add(at(5s), 0);
  EXPECT_EQ(window.per_second(), std::nullopt);
  window.add(at(10s), 5);
  EXPECT_THAT(window.per_second(), Optional(DoubleNear(0.5, 1e-9)));
}

TEST(RateWindow, ForgetsWhatIsLongAgo) {
  RateWindow window(30s, 10);
  for (int second = 0; second <= 100; ++second) window.add(at(std::chrono::seconds(second)), second * 100);
  EXPECT_THAT(window.per_second(), Optional(DoubleNear(100, 1e-9)));
  for (int second = 101; second <= 140; ++second) {
    window.add(at(std::chrono::seconds(second)), 10'000 + (second - 100) * 7);
  }
  EXPECT_THAT(window.per_second(), Optional(DoubleNear(7, 1e-9))) << "not the mean of all";
}

TEST(RateWindow, ReachesBackFurtherWhereLittleHappens) {
  RateWindow window(30s, 10);
  // One in a minute: there are never two in 30 s.
  for (int second = 0; second <= 3'600; ++second) window.add(at(std::chrono::seconds(second)), second / 60);
  EXPECT_THAT(window.per_second(), Optional(DoubleNear(1.0 / 60, 1.0 / 500))) << "one more or less of ten";
}

TEST(RateWindow, FadesWhileNothingHappens) {
  RateWindow window(30s, 10);
  for (int second = 0; second <= 60; ++second) window.add(at(std::chrono::seconds(second)), second);
  const double before = window.per_second().value();
  for (int second = 61; second <= 600; ++second) window.add(at(std::chrono::seconds(second)), 60);
  EXPECT_LT(window.per_second().value(), before / 10);
}

class Statuses : public SilentProgress {
 public:
  void begin(const RunOutline& outline) override { seed = outline.seed; }
  void status(const RunStatus& status) override {
    all.push_back(status);
    if (on_status) on_status();
  }
  std::uint64_t seed = 0;
  std::vector<RunStatus> all;
  std::function<void()> on_status;
};

class RunMeterTest : public testing::Test {
 protected:
  TestClock clock_;
  Statuses heard_;
  CallCounters calls_;
  std::chrono::milliseconds held_for_{0};
  RunMeter meter_{heard_,
                  clock_,
                  {.records = 2, .sessions = 100, .paraphrases = 20, .seed = 5},
                  [this](RunStatus& status) {
                    status.calls = calls_;
                    status.held_for = held_for_;
                  }};
};

TEST_F(RunMeterTest, TellsTheNumbersAlsoWhileNothingHappens) {
  asio::io_context io;
  heard_.on_status = [this] {
    if (heard_.all.size() == 6) meter_.stop();
  };
  meter_.start(io.get_executor());
  io.run();
  EXPECT_EQ(heard_.seed, 5u);
  ASSERT_EQ(heard_.all.size(), 7u) << "a last one at stop(), none after it";
  EXPECT_EQ(heard_.all[0].elapsed, 0ms);
  EXPECT_EQ(heard_.all[5].elapsed, 1s);
  EXPECT_EQ(heard_.all[6].sessions.total, 100u);
}

TEST_F(RunMeterTest, TheTickerEndsAtOnceOnAnyClock) {
  asio::io_context io;
  SystemClock clock;
  RunMeter meter(heard_, clock, {}, [](RunStatus&) {});
  meter.start(io.get_executor());
  io.poll();
  meter.stop();
  io.poll();
  EXPECT_TRUE(io.stopped()) << "something is still waited for";
  EXPECT_EQ(heard_.all.size(), 2u);
}

TEST_F(RunMeterTest, CountsWhatIsDoneAndOpen) {
  const ChatRequest request;
  meter_.on_call(request);
  meter_.on_call(request);
  meter_.on_call(request);
  meter_.on_reply(request, {});
  meter_.on_failure(request, {.message = "it\nfailed", .label = "500"});
  meter_.sessions_done(2);
  meter_.paraphrases_done(1);
  meter_.record_done({});
  const RunStatus status = meter_.status();
  EXPECT_EQ(status.in_flight, 1u);
  EXPECT_EQ(status.sessions.done, 2u);
  EXPECT_EQ(status.paraphrases.done, 1u);
  EXPECT_EQ(status.records.done, 1u);
  EXPECT_EQ(status.message, "it failed");
  EXPECT_EQ(status.stage, RunStage::running);
  held_for_ = 1ms;
  EXPECT_EQ(meter_.status().stage, RunStage::held);
}

TEST_F(RunMeterTest, ACallThatWasNotSentIsNoFault) {
  meter_.on_call({});
  meter_.on_failure({}, {.message = "the endpoint asked to wait", .label = "held", .sent = false});
  EXPECT_EQ(meter_.status().message, "");
  EXPECT_EQ(meter_.status().in_flight, 0u);
}

TEST_F(RunMeterTest, TimeLeftFollowsTheSpeedOfLate) {
  EXPECT_EQ(meter_.status().time_left, std::nullopt);
  for (int second = 1; second <= 1'000; ++second) {
    clock_.advance(1s);
    if (second % 100 == 0) meter_.sessions_done(1);
    meter_.status();
  }
  for (int second = 1; second <= 130; ++second) {
    clock_.advance(1s);
    if (second % 2 == 0) meter_.sessions_done(1);
    meter_.status();
  }
  // 110 - 65 things to do at one in two seconds; the mean of all would say 11 minutes more.
  const RunStatus status = meter_.status();
  ASSERT_EQ(status.sessions.done, 75u);
  EXPECT_NEAR(static_cast<double>(status.time_left->count()), 45 * 2, 4);
}

TEST_F(RunMeterTest, WhatAJournalGivesBackSaysNothingOfTheSpeed) {
  meter_.status();
  clock_.advance(100ms);
  meter_.sessions_done(60);
  calls_.kept = 60;
  EXPECT_EQ(meter_.status().time_left, std::nullopt);
  for (int second = 1; second <= 100; ++second) {
    clock_.advance(1s);
    if (second % 10 == 0) meter_.sessions_done(1);
    meter_.status();
  }
  EXPECT_NEAR(static_cast<double>(meter_.status().time_left->count()), 50 * 10, 10);
}

TEST_F(RunMeterTest, TokensASecondAreThoseOfTheLastHalfMinute) {
  meter_.status();
  for (int second = 1; second <= 200; ++second) {
    clock_.advance(1s);
    calls_.completion_tokens += second <= 100 ? 9'000 : 1'000;
    meter_.status();
  }
  EXPECT_THAT(meter_.status().tokens_per_second, Optional(DoubleNear(1'000, 1)));
}

}  // namespace
}  // namespace synthv1::test
