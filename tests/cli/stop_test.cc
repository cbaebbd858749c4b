// SPDX-License-Identifier: Apache-2.0
// The built program, told to stop.
#include "tests/cli/kept_contents.h"
#include "tests/cli/run_binary.h"
#include "tests/support/counted_endpoint.h"

#include <algorithm>
#include <csignal>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

constexpr int kCalls = 12;            ///< of a whole run: four records of three sessions
constexpr std::size_t kAnswered = 7;  ///< before the endpoint holds its answers back
constexpr std::size_t kInFlight = 3;

class StopTest : public testing::Test {
 protected:
  static std::string arguments(const CountedEndpoint& endpoint, std::string_view more = "") {
    return fmt::format(
        "--base_url {} --same_endpoint --model test-model --seed 3 --fast --no_diversify "
        "--num_records 4 --llm_concurrency {} --out x.jsonl {}",
        endpoint.url(), kInFlight, more);
  }

  /// An endpoint that answers so many and holds the others back: `step` first.
  static CountedOptions holding(const Action& step) {
    return {.before = [step](const FakeRequest& request) {
      return request.number < kAnswered ? Answer{} : Answer{step};
    }};
  }

  /// Waits until what is answered is kept, and the other calls are there.
  bool all_in_flight(const CountedEndpoint& endpoint) const {
    if (!endpoint.server().wait_for_requests(kAnswered + kInFlight)) return false;
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (kept().size() < kAnswered && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(5ms);
    return kept().size() == kAnswered;
  }

  std::set<std::string> kept() const { return kept_contents(folder_.work() / "x.jsonl.journal"); }

  /// The same command goes on, asks for nothing that is kept, and writes what an uninterrupted run writes.
  void expect_goes_on() const {
    const std::set<std::string> before = kept();
    CountedEndpoint endpoint;
    const Outcome resumed = folder_.run(arguments(endpoint));
    EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
    const auto asked = endpoint.take_asked();
    EXPECT_EQ(total(asked), kCalls - static_cast<int>(before.size()));
    for (const auto& [content, count] : asked) EXPECT_FALSE(before.contains(content)) << content;
    const Folder other;
    EXPECT_EQ(other.run(arguments(endpoint)).exit_code, 0);
    EXPECT_EQ(folder_.listing(), "x.jsonl x.jsonl.journal x.jsonl.progress.json");
    EXPECT_TRUE(folder_.read("x.jsonl") == other.read("x.jsonl"));
  }

  Folder folder_;
};

/// A signal and the exit code that it leads to.
class OneSignal : public StopTest, public testing::WithParamInterface<std::pair<int, int>> {};

TEST_P(OneSignal, T89WaitsForTheCallsInFlight) {
  const auto [signal, code] = GetParam();
  CountedEndpoint endpoint(holding(Hold{}));
  RunningBinary run = folder_.start(arguments(endpoint));
  ASSERT_TRUE(all_in_flight(endpoint));
  run.send(signal);
  ASSERT_TRUE(run.wait_for_message("stopping: waiting up to 60 s for "));
  endpoint.server().release();
  const Outcome stopped = run.wait();
  EXPECT_EQ(stopped.exit_code, code) << stopped.err;
  EXPECT_EQ(kept().size(), kAnswered + kInFlight) << "what was in flight is kept";
  EXPECT_EQ(total(endpoint.take_asked()), static_cast<int>(kAnswered + kInFlight)) << "no new calls";
  EXPECT_THAT(stopped.err, HasSubstr("3 whole records are in x.jsonl.partial.jsonl"));
  EXPECT_THAT(stopped.err, HasSubstr("the same command goes on from the replies in x.jsonl.journal"));
  EXPECT_EQ(folder_.listing(), "x.jsonl.journal x.jsonl.partial.jsonl x.jsonl.progress.json");
  EXPECT_THAT(folder_.read("x.jsonl.progress.json"), HasSubstr("\"state\": \"stopped\""));
  const std::string partial = folder_.read("x.jsonl.partial.jsonl");
  EXPECT_EQ(std::ranges::count(partial, '\n'), 3);
  EXPECT_EQ(folder_.run("validate x.jsonl.partial.jsonl").exit_code, 0);
  expect_goes_on();
}

INSTANTIATE_TEST_SUITE_P(All, OneSignal, testing::Values(std::pair(SIGINT, 130), std::pair(SIGTERM, 143)));

TEST_F(StopTest, T89WaitsNoLongerThanDrainTimeout) {
  CountedEndpoint endpoint(holding(Stall{}));
  RunningBinary run = folder_.start(arguments(endpoint, "--drain_timeout 0.2"));
  ASSERT_TRUE(all_in_flight(endpoint));
  run.send(SIGINT);
  const Outcome stopped = run.wait();
  EXPECT_EQ(stopped.exit_code, 130) << stopped.err;
  EXPECT_EQ(kept().size(), kAnswered);
  EXPECT_THAT(stopped.err, HasSubstr("2 whole records are in x.jsonl.partial.jsonl"));
  expect_goes_on();
}

TEST_F(StopTest, T89TheSecondSignalCutsTheCalls) {
  CountedEndpoint endpoint(holding(Stall{}));
  RunningBinary run = folder_.start(arguments(endpoint, "--drain_timeout 100"));
  ASSERT_TRUE(all_in_flight(endpoint));
  run.send(SIGINT);
  ASSERT_TRUE(run.wait_for_message("once more to stop at once"));
  run.send(SIGINT);
  const Outcome stopped = run.wait();
  EXPECT_EQ(stopped.exit_code, 130) << stopped.err;
  EXPECT_TRUE(endpoint.server().wait_until([](const FakeCounts& counts) {
    return counts.abandoned == kInFlight;
  })) << "connections are closed, so that the server ends its work";
  EXPECT_EQ(kept().size(), kAnswered);
  EXPECT_THAT(stopped.err, HasSubstr("2 whole records are in x.jsonl.partial.jsonl"));
  expect_goes_on();
}

TEST_F(StopTest, T89SignalsInAHurryLoseNothing) {
  for (const int signals : {2, 3, 4}) {
    const Folder folder;
    CountedEndpoint endpoint({.delay = 5ms});
    RunningBinary run = folder.start(arguments(endpoint));
    ASSERT_TRUE(endpoint.server().wait_for_requests(5));
    for (int i = 0; i < signals; ++i) {
      run.send(SIGTERM);
      std::this_thread::sleep_for(1ms);
    }
    const Outcome stopped = run.wait();
    EXPECT_EQ(stopped.exit_code, 143) << stopped.err;
    const auto before = kept_contents(folder.work() / "x.jsonl.journal");
    endpoint.take_asked();
    EXPECT_EQ(folder.run(arguments(endpoint)).exit_code, 0);
    for (const auto& [content, count] : endpoint.take_asked()) EXPECT_FALSE(before.contains(content));
    EXPECT_EQ(folder.listing(), "x.jsonl x.jsonl.journal x.jsonl.progress.json");
  }
}

TEST_F(StopTest, T89StoppedBeforeTheFirstReplyNothingIsLeft) {
  CountedEndpoint endpoint({.fault = [](const FakeRequest&) { return std::optional(Answer{Stall{}}); }});
  RunningBinary run = folder_.start(arguments(endpoint, "--drain_timeout 0.1"));
  ASSERT_TRUE(endpoint.server().wait_for_requests(kInFlight));
  run.send(SIGINT);
  const Outcome stopped = run.wait();
  EXPECT_EQ(stopped.exit_code, 130) << stopped.err;
  EXPECT_THAT(stopped.err, Not(HasSubstr("goes on from")));
  EXPECT_EQ(folder_.listing(), "x.jsonl.progress.json");
}

TEST_F(StopTest, T98CallsThatWereCutCountAsSpent) {
  {
    CountedEndpoint endpoint(holding(Stall{}));
    RunningBinary run = folder_.start(arguments(endpoint, "--drain_timeout 0.1"));
    ASSERT_TRUE(all_in_flight(endpoint));
    run.send(SIGINT);
    run.wait();
  }
  Spending spent;
  JournalFile::open_to_read(folder_.work() / "x.jsonl.journal")->read({.start = [&](const KeptStart& start) {
    spent += start.spending;
  }});
  EXPECT_EQ(spent.requests, kAnswered + kInFlight);
  EXPECT_EQ(spent.counted.completion, 50 * static_cast<std::int64_t>(kAnswered));
  EXPECT_GE(spent.estimated.completion, 50 * static_cast<std::int64_t>(kInFlight))
      << "the server may write on";
  CountedEndpoint endpoint;
  const Outcome resumed = folder_.run(arguments(endpoint, "--max_requests 11"));
  EXPECT_EQ(resumed.exit_code, 4) << resumed.err;
  EXPECT_EQ(total(endpoint.take_asked()), 1) << "of eleven, ten were spent";
}

}  // namespace
}  // namespace synthv1::test
