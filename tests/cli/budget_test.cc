// SPDX-License-Identifier: Apache-2.0
// Budgets of the built program, over real sockets.
#include "tests/cli/kept_contents.h"
#include "tests/cli/run_binary.h"
#include "tests/support/counted_endpoint.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

constexpr int kCalls = 15;  ///< of a whole run: five records of three sessions

class BudgetTest : public testing::Test {
 protected:
  Outcome run(const CountedEndpoint& endpoint, std::string_view more) const {
    return folder_.run(
        fmt::format("--base_url {} --same_endpoint --model test-model --seed 3 --fast --no_diversify "
                    "--num_records 5 --llm_concurrency 4 --out x.jsonl {}",
                    endpoint.url(), more));
  }

  Spending spent() const {
    Spending all;
    JournalFile::open_to_read(folder_.work() / "x.jsonl.journal")
        ->read({.start = [&](const KeptStart& start) { all += start.spending; }});
    return all;
  }

  /// With budgets that grow, start by start, nothing is asked twice, and the output is that of one run.
  void expect_goes_on(std::string_view option, const std::vector<double>& budgets) const {
    CountedEndpoint endpoint;
    std::map<std::string, int> asked;
    int code = 4;
    for (const double budget : budgets) {
      const Outcome ended = run(endpoint, fmt::format("{} {}", option, budget));
      code = ended.exit_code;
      ASSERT_TRUE(code == 4 || code == 0) << ended.err;
      if (code == 4) {
        EXPECT_THAT(ended.err, HasSubstr("raise it to go on"));
      }
      for (const auto& [content, count] : endpoint.take_asked()) asked[content] += count;
    }
    EXPECT_EQ(code, 0) << "the last is large enough";
    EXPECT_EQ(total(asked), kCalls);
    EXPECT_EQ(asked.size(), static_cast<std::size_t>(kCalls)) << "nothing was asked twice";
    const Folder other;
    other.run(
        fmt::format("--base_url {} --model test-model --seed 3 --fast --no_diversify --num_records 5 "
                    "--out x.jsonl",
                    endpoint.url()));
    EXPECT_TRUE(folder_.read("x.jsonl") == other.read("x.jsonl"));
    EXPECT_EQ(folder_.listing(), "x.jsonl x.jsonl.journal x.jsonl.progress.json");
  }

  Folder folder_;
};

TEST_F(BudgetTest, RequestsAreCountedExactly) {
  CountedEndpoint endpoint;
  const Outcome ended = run(endpoint, "--max_requests 7");
  EXPECT_EQ(ended.exit_code, 4) << ended.err;
  EXPECT_EQ(total(endpoint.take_asked()), 7);
  EXPECT_EQ(spent().requests, 7U);
  EXPECT_THAT(ended.err, HasSubstr("--max_requests=7 is reached; raise it to go on; 2 whole records are in "
                                   "x.jsonl.partial.jsonl; the same command goes on"));
  EXPECT_EQ(run(endpoint, "--max_requests 7").exit_code, 4) << "it counts all starts";
  EXPECT_EQ(total(endpoint.take_asked()), 0);
}

TEST_F(BudgetTest, FailedRequestsAndRetriesCount) {
  CountedEndpoint endpoint({.fault = [](const FakeRequest& request) -> std::optional<Answer> {
    if (request.number % 3 == 1)
      return respond(429, R"({"error":{"message":"slow down"}})", {{"retry-after-ms", "5"}});
    if (request.number % 3 == 2) return complete("prose");
    return std::nullopt;
  }});
  const Outcome ended = run(endpoint, "--max_requests 11");
  EXPECT_EQ(ended.exit_code, 4) << ended.err;
  EXPECT_EQ(total(endpoint.take_asked()), 11);
  EXPECT_EQ(spent().requests, 11U);
}

TEST_F(BudgetTest, AStartThatNeedsNoMoreThanTheBudgetIsWhole) {
  CountedEndpoint endpoint;
  EXPECT_EQ(run(endpoint, fmt::format("--max_requests {}", kCalls)).exit_code, 0);
  EXPECT_EQ(run(endpoint, "--max_requests 1").exit_code, 0) << "a finished run needs none";
  EXPECT_EQ(total(endpoint.take_asked()), kCalls);
}

TEST_F(BudgetTest, ALargerBudgetOfRequestsGoesOn) { expect_goes_on("--max_requests", {4, 5, 9, 100}); }

TEST_F(BudgetTest, ALargerBudgetOfTokensGoesOn) {
  expect_goes_on("--max_tokens_total", {12'000, 20'000, 1e7});
}

TEST_F(BudgetTest, ALargerBudgetOfMoneyGoesOn) {
  expect_goes_on("--price_in 1000 --price_out 1000 --max_cost", {12, 20.5, 1e4});
}

TEST_F(BudgetTest, TokensAreNeverMoreThanTheBudget) {
  for (const int budget : {1, 3'000, 7'000, 16'000, 31'000}) {
    const Folder folder;
    CountedEndpoint endpoint({.delay = 2ms});
    const Outcome ended = folder.run(
        fmt::format("--base_url {} --model test-model --seed 3 --fast --no_diversify --num_records 20 "
                    "--llm_concurrency 8 --out x.jsonl --max_tokens_total {}",
                    endpoint.url(), budget));
    EXPECT_EQ(ended.exit_code, 4) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr(fmt::format("--max_tokens_total={} leaves no room", budget)));
    std::int64_t used = 0;
    const std::string journal = folder.work() / "x.jsonl.journal";
    if (auto file = JournalFile::open_to_read(journal)) {
      file->read({.reply = [&](const KeptRow& row) {
        const Usage& usage = row.reply.reply.usage;
        used += usage.prompt_tokens.value_or(0) + usage.completion_tokens.value_or(0);
      }});
    }
    EXPECT_LE(used, budget);
    if (budget >= 16'000) {
      EXPECT_GT(used, budget / 2) << "and most of it is used";
    }
  }
}

TEST_F(BudgetTest, MoneyIsThatOfTheTokensCounted) {
  CountedEndpoint endpoint;
  const Outcome whole = run(endpoint, "--price_in 2 --price_out 10 --max_cost 1000");
  ASSERT_EQ(whole.exit_code, 0) << whole.err;
  const Spending all = spent();
  EXPECT_EQ(all.estimated.total(), 0);
  EXPECT_EQ(all.counted.completion, 50 * kCalls);
  const double cost =
      (2.0 * static_cast<double>(all.counted.prompt) + 10.0 * static_cast<double>(all.counted.completion)) /
      1e6;
  EXPECT_THAT(whole.err, HasSubstr(fmt::format("cost so far: {:.4f}", cost)));
}

TEST_F(BudgetTest, UnknownUsageIsEstimatedApart) {
  CountedEndpoint endpoint({.fault = [](const FakeRequest& request) -> std::optional<Answer> {
    std::string body = completion_body(session_content(plan_of(request)));
    const std::size_t usage = body.find(",\"usage\"");
    return respond(200, body.substr(0, usage) + "}");
  }});
  const Outcome ended = run(endpoint, "--max_tokens_total 9000");
  EXPECT_EQ(ended.exit_code, 4) << ended.err;
  const Spending all = spent();
  EXPECT_EQ(all.counted.total(), 0) << "unknown stays unknown";
  EXPECT_GT(all.estimated.total(), 3'000);
  EXPECT_LE(all.estimated.total(), 9'000);
  JournalFile::open_to_read(folder_.work() / "x.jsonl.journal")->read({.reply = [](const KeptRow& row) {
    EXPECT_FALSE(row.reply.reply.usage.prompt_tokens.has_value());
  }});
}

TEST_F(BudgetTest, TimeIsOfOneStart) {
  CountedEndpoint endpoint({.delay = 150ms});
  const Outcome ended = run(endpoint, "--max_time 0.2");
  EXPECT_EQ(ended.exit_code, 4) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("--max_time=0.2s is over"));
  const auto before = kept_contents(folder_.work() / "x.jsonl.journal");
  const auto asked = endpoint.take_asked();
  EXPECT_LT(total(asked), kCalls);
  EXPECT_EQ(before.size(), asked.size()) << "the calls in flight were waited for";
  EXPECT_EQ(run(endpoint, "--max_time 1h").exit_code, 0);
  EXPECT_EQ(total(endpoint.take_asked()), kCalls - total(asked));
}

}  // namespace
}  // namespace synthv1::test
