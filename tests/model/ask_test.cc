// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/ask.h"

#include "tests/model/scripted_model.h"
#include "tests/support/run_coroutine.h"
#include "tests/support/test_clock.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::Pair;

/// Asks a scripted model; a reply is good when it says "good".
class Ask : public ::testing::Test {
 protected:
  AskOutcome ask_model(std::vector<CallResult> results, std::uint32_t max_retries = 5) {
    ScriptedModel model(std::move(results));
    model.on_call = [&] {
      ++calls_;
      times_.push_back(clock_.elapsed());
    };
    return run_coroutine(io_, ask(model, run_, task(max_retries)));
  }
  AskTask task(std::uint32_t max_retries) const {
    return {.max_retries = max_retries, .make_request = request_, .check_reply = check_, .will_do = [] {
              return false;
            }};
  }

  asio::io_context io_;
  TestClock clock_;
  RunState run_{clock_};
  std::vector<Refusals> seen_;
  std::vector<milliseconds> times_;
  std::size_t calls_ = 0;
  MakeRequest request_ = [this](const Refusals& refusals) {
    seen_.push_back(refusals);
    return ChatRequest{};
  };
  CheckReply check_ = [](const ChatReply& reply) -> std::optional<std::string> {
    if (reply.content == "good") return std::nullopt;
    return "not good: " + reply.content;
  };
};

TEST_F(Ask, TakesAGoodReply) {
  EXPECT_EQ(ask_model({replied("good")}).end, AskEnd::accepted);
  EXPECT_EQ(run_.counters().calls, 1U);
  EXPECT_EQ(run_.counters().accepted, 1U);
}

TEST_F(Ask, RefusedRepliesAdvanceTheAttempt) {
  ScriptedModel model({replied("bad"), replied("worse"), replied("good")});
  EXPECT_EQ(run_coroutine(io_, ask(model, run_, task(5))).end, AskEnd::accepted);
  ASSERT_EQ(model.requests.size(), 3U);
  for (std::uint32_t i = 0; i < 3; ++i) EXPECT_EQ(model.requests[i].attempt, i);
  EXPECT_EQ(seen_[0].last, RefusalKind::none);
  EXPECT_EQ(seen_[1].what, "not good: bad");
  EXPECT_EQ(seen_[2].what, "not good: worse");
  EXPECT_EQ(clock_.elapsed(), 0ms);
}

TEST_F(Ask, EndsAfterMaxRetriesRefusals) {
  const AskOutcome outcome = ask_model({replied("bad")}, 2);
  EXPECT_EQ(outcome.end, AskEnd::refused);
  EXPECT_EQ(outcome.refusals.count, 3U);
  EXPECT_EQ(outcome.message, "not good: bad");
  EXPECT_EQ(calls_, 3U);
  EXPECT_EQ(ask_model({replied("bad")}, 0).refusals.count, 1U);
}

TEST_F(Ask, T62T66T67T68T70T74OnlyGoodEndsAreChecked) {
  ask_model({replied("good", "length"), replied("good", "content_filter"), replied("sorry", "refusal"),
             replied("", "thoughts"), replied(" \n", "stop"), replied("good", "banana"),
             replied("", "tool_calls"), replied("good", "eos")},
            9);
  std::vector<RefusalKind> kinds;
  for (const Refusals& refusals : seen_) kinds.push_back(refusals.last);
  using enum RefusalKind;
  EXPECT_THAT(kinds, ElementsAre(none, cut_off, declined, declined, thoughts, empty, unfinished, unfinished));
  EXPECT_THAT(run_.counters().refused, ElementsAre(Pair("cut off", 1), Pair("declined", 2), Pair("empty", 1),
                                                   Pair("think-only", 1), Pair("unfinished", 2)));
}

TEST_F(Ask, T66NoEndIsJudgedByTheCheck) { EXPECT_EQ(ask_model({replied("good", "")}).end, AskEnd::accepted); }

TEST_F(Ask, T15SixTriesForFailuresOfTransport) {
  const AskOutcome outcome = ask_model({failed(CallClass::transient, "500")});
  EXPECT_EQ(outcome.end, AskEnd::failed);
  EXPECT_EQ(outcome.message, "6 tries failed, the last: failed: 500");
  EXPECT_EQ(calls_, 6U);
  EXPECT_EQ(run_.counters().failures.at("500"), 6U);
}

TEST_F(Ask, T19ASuccessBeginsTheTriesAnew) {
  std::vector<CallResult> results;
  for (int i = 0; i < 5; ++i) results.push_back(failed(CallClass::transient, "424"));
  results.push_back(replied("bad"));
  for (int i = 0; i < 5; ++i) results.push_back(failed(CallClass::transient, "424"));
  results.push_back(replied("good"));
  const AskOutcome outcome = ask_model(results);
  EXPECT_EQ(outcome.end, AskEnd::accepted);
  EXPECT_EQ(outcome.refusals.count, 1U);
}

TEST_F(Ask, PausesGrowToEightSecondsAtMost) {
  for (int round = 0; round < 50; ++round) ask_model({failed(CallClass::transient)});
  for (std::size_t i = 0; i < times_.size(); ++i) {
    if (i % 6 == 0) continue;
    EXPECT_LE(times_[i] - times_[i - 1], std::min(500ms * (1 << (i % 6 - 1)), 8000ms));
  }
}

TEST_F(Ask, T1TheWaitAskedForIsKeptAndCountsNothing) {
  const AskOutcome outcome = ask_model({failed(CallClass::capacity, "429", 2s), replied("good")});
  EXPECT_EQ(outcome.end, AskEnd::accepted);
  EXPECT_EQ(outcome.refusals.count, 0U);
  EXPECT_GE(times_[1], 2s);
  EXPECT_LE(times_[1], 2s + 250ms);
}

TEST_F(Ask, WhatWasNotSentCountsNothing) {
  const CallError held{.kind = CallClass::capacity, .label = "held", .retry_after = 1s, .sent = false};
  EXPECT_EQ(ask_model({std::unexpected(held), replied("good")}).end, AskEnd::accepted);
  EXPECT_EQ(run_.counters().calls, 1U);
  EXPECT_TRUE(run_.counters().failures.empty());
}

TEST_F(Ask, T6CapacityWithoutAHeaderIsWaitedOut) {
  std::vector<CallResult> results(40, failed(CallClass::capacity, "429"));
  results.push_back(replied("good"));
  EXPECT_EQ(ask_model(results).end, AskEnd::accepted);
  EXPECT_EQ(calls_, 41U);
  EXPECT_EQ(run_.counters().failures.at("429"), 40U);
  for (std::size_t i = 1; i < times_.size(); ++i) {
    EXPECT_GE(times_[i] - times_[i - 1], 250ms);
    EXPECT_LE(times_[i] - times_[i - 1], 8000ms);
  }
}

TEST_F(Ask, T17ATransientFailureThatAsksForTimeGetsItAndCounts) {
  EXPECT_EQ(ask_model({failed(CallClass::transient, "500", 20s)}).end, AskEnd::failed);
  EXPECT_EQ(calls_, 6U);
  EXPECT_GE(clock_.elapsed(), 100s);
}

TEST_F(Ask, T13AFatalItemEndsOnlyItself) {
  EXPECT_EQ(ask_model({failed(CallClass::fatal_item, "400")}).end, AskEnd::failed);
  EXPECT_EQ(ask_model({replied("good")}).end, AskEnd::accepted);
}

TEST_F(Ask, T9AFatalRunEndsEverything) {
  int stops = 0;
  run_.set_on_stop([&] { ++stops; });
  const AskOutcome first = ask_model({failed(CallClass::fatal_run, "401")});
  EXPECT_EQ(first.end, AskEnd::stopped);
  EXPECT_EQ(first.message, "failed: 401");
  EXPECT_EQ(stops, 1);
  EXPECT_EQ(ask_model({replied("good")}).message, "failed: 401");
  EXPECT_EQ(calls_, 1U);
}

TEST_F(Ask, AFatalRunWakesThoseWhoWait) {
  ScriptedModel waiting({failed(CallClass::capacity, "429", 3000s)});
  ScriptedModel fatal({failed(CallClass::fatal_run, "401")});
  AskOutcome waited;
  asio::co_spawn(io_, ask(waiting, run_, task(5)),
                 [&](std::exception_ptr, AskOutcome outcome) { waited = std::move(outcome); });
  asio::co_spawn(io_, ask(fatal, run_, task(5)), [](std::exception_ptr, AskOutcome) {});
  io_.run();
  EXPECT_EQ(waited.end, AskEnd::stopped);
  EXPECT_LE(clock_.elapsed(), 10s);
}

TEST_F(Ask, CancellingEndsIt) {
  ScriptedModel model({failed(CallClass::capacity, "503")});
  asio::cancellation_signal signal;
  model.on_call = [&] {
    if (model.requests.size() == 3) signal.emit(asio::cancellation_type::terminal);
  };
  std::optional<AskOutcome> ended;
  asio::co_spawn(
      io_, ask(model, run_, task(5)),
      asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr fault, AskOutcome outcome) {
        EXPECT_FALSE(fault);
        ended = std::move(outcome);
      }));
  io_.run();
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->end, AskEnd::stopped);
  EXPECT_EQ(model.requests.size(), 3U);
}

TEST_F(Ask, CountersAddUp) {
  ask_model({failed(CallClass::transient, "500"), replied("bad"), failed(CallClass::capacity, "429"),
             replied(""), replied("good")});
  const CallCounters& counters = run_.counters();
  EXPECT_EQ(counters.calls, 5U);
  EXPECT_EQ(counters.replies, 3U);
  EXPECT_EQ(counters.accepted, 1U);
  EXPECT_THAT(counters.failures, ElementsAre(Pair("429", 1), Pair("500", 1)));
  EXPECT_THAT(counters.refused, ElementsAre(Pair("empty", 1), Pair("faulty", 1)));
}

TEST_F(Ask, T76UsageNeverOverflows) {
  for (const std::int64_t count : {std::int64_t{-1}, std::int64_t{1} << 62, std::int64_t{5}}) {
    run_.count_usage({.prompt_tokens = count, .completion_tokens = std::nullopt});
  }
  EXPECT_EQ(run_.counters().prompt_tokens, 5);
}

}  // namespace
}  // namespace synthv1::test
