// SPDX-License-Identifier: Apache-2.0
// The built program, killed and started again.
#include "tests/cli/kept_contents.h"
#include "tests/cli/run_binary.h"
#include "tests/support/counted_endpoint.h"

#include <csignal>
#include <random>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using std::chrono::microseconds;
using std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int kKills = 100;

class KillTest : public testing::Test {
 protected:
  static std::string arguments(const CountedEndpoint& endpoint, std::string_view out) {
    return fmt::format(
        "--base_url {} --model test-model --seed 7 --fast --num_records 8 --llm_concurrency 4 --out {}",
        endpoint.url(), out);
  }

  /// What an uninterrupted run writes.
  std::string whole(std::string_view out) {
    const Folder folder;
    const auto begin = steady_clock::now();
    const Outcome made = folder.run(arguments(endpoint_, out));
    takes_ = std::chrono::duration_cast<microseconds>(steady_clock::now() - begin);
    EXPECT_EQ(made.exit_code, 0) << made.err;
    for (const auto& [content, count] : endpoint_.take_asked()) EXPECT_EQ(count, 1) << content;
    return folder.read(out);
  }

  /// Starts and kills until a run comes to its end. Returns how many were killed.
  int run_with_kills(const Folder& folder, std::string_view out) {
    for (int kills = 0;; ++kills) {
      const auto kept = kept_contents(folder.work() / (std::string(out) + ".journal"));
      RunningBinary run = folder.start(arguments(endpoint_, out));
      const auto time = std::uniform_int_distribution<std::int64_t>(0, takes_.count())(random_);
      std::this_thread::sleep_for(microseconds(time));
      const bool ended = run.over();
      run.send(SIGKILL);
      const Outcome outcome = run.wait();
      for (const auto& [content, count] : endpoint_.take_asked()) {
        EXPECT_FALSE(kept.contains(content)) << "asked again: " << content;
      }
      if (!ended) continue;
      EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
      return kills;
    }
  }

  CountedEndpoint endpoint_{{.delay = 8ms, .prose_in = 5}};
  microseconds takes_{};
  std::mt19937 random_{4711};
};

TEST_F(KillTest, T88KilledAHundredTimesTheOutputIsTheSame) {
  const std::string lines = whole("x.jsonl");
  const std::string array = whole("x.json");
  int kills = 0;
  for (int round = 0; kills < kKills; ++round) {
    const std::string out = round % 2 == 0 ? "x.jsonl" : "x.json";
    const Folder folder;
    kills += run_with_kills(folder, out);
    ASSERT_TRUE(folder.read(out) == (round % 2 == 0 ? lines : array)) << "after " << kills << " kills";
    EXPECT_EQ(folder.listing(), out + " " + out + ".journal " + out + ".progress.json");
    const Outcome again = folder.run(arguments(endpoint_, out));
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_EQ(total(endpoint_.take_asked()), 0) << "a finished run is written again without a call";
    ASSERT_TRUE(folder.read(out) == (round % 2 == 0 ? lines : array));
  }
}

}  // namespace
}  // namespace synthv1::test
