// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/plan.h"

#include "tests/support/memory_files.h"
#include "tests/support/openai_endpoint.h"

#include <cmath>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::DoubleNear;
using testing::HasSubstr;

GenerateOptions small_run() {
  GenerateOptions options;
  options.model = "test-model";
  options.out = "-";
  options.plan.num_sessions = 4;
  options.plan.min_turns = 6;
  options.plan.max_turns = 12;
  options.plan.max_scenes = 3;
  options.num_questions = 25;
  options.num_records = 3;
  options.seed = 7;
  return options;
}

RunEstimate plan_of_run(const GenerateOptions& options, const PlanAssumptions& assumptions = {}) {
  return plan_run(options, default_catalogue(), assumptions).value();
}

double as_double(std::int64_t number) { return static_cast<double>(number); }

TEST(PlanRun, CountsTheCallsThatARunMakes) {
  FakeEndpoint server(openai_script());
  GenerateOptions options = small_run();
  options.base_url = server.url() + "/v1";
  const RunEstimate estimate = plan_of_run(options);
  EXPECT_EQ(server.counts().connections, 0U);

  MemoryFiles files;
  SilentProgress progress;
  const auto made = generate(options, default_catalogue(), files, progress);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(estimate.sessions.calls, 12U);
  EXPECT_EQ(estimate.at_best.work.calls, made->calls.calls);
}

TEST(PlanRun, PromptsAreThoseThatARunSends) {
  FakeEndpoint server(openai_script());
  GenerateOptions options = small_run();
  options.base_url = server.url() + "/v1";
  options.diversify = false;  // which questions there are depends on the replies
  MemoryFiles files;
  SilentProgress progress;
  ASSERT_TRUE(generate(options, default_catalogue(), files, progress));
  std::size_t bytes = 0;
  for (const FakeRequest& request : server.requests()) bytes += request.body.size();

  const RunEstimate estimate = plan_of_run(options);
  EXPECT_EQ(estimate.sampled_records, 3U);
  // A request has its escapes and a few members beside messages and schema.
  EXPECT_THAT(as_double(estimate.at_best.work.tokens.prompt),
              DoubleNear(static_cast<double>(bytes) / 4, 0.1 * static_cast<double>(bytes) / 4));
}

TEST(PlanRun, ASampleStandsForManyRecords) {
  GenerateOptions options = small_run();
  options.num_records = 700;
  const RunEstimate many = plan_of_run(options);
  EXPECT_LT(many.sampled_records, 700U);
  EXPECT_GE(many.sampled_records, 3U);
  EXPECT_EQ(many.sessions.calls, 2800U);
  options.num_records = static_cast<std::uint32_t>(many.sampled_records);
  const RunEstimate few = plan_of_run(options);
  EXPECT_EQ(few.sampled_records, few.records);
  const double times = 700.0 / as_double(static_cast<std::int64_t>(few.records));
  EXPECT_THAT(as_double(many.at_best.work.tokens.prompt),
              DoubleNear(times * as_double(few.at_best.work.tokens.prompt),
                         0.02 * as_double(many.at_best.work.tokens.prompt)));
  EXPECT_THAT(as_double(many.at_best.work.tokens.completion),
              DoubleNear(times * as_double(few.at_best.work.tokens.completion),
                         0.1 * as_double(many.at_best.work.tokens.completion)));
}

TEST(PlanRun, OfVeryManySessionsAndQuestionsSomeAreBuilt) {
  GenerateOptions options = small_run();
  options.plan.dates = {Date::parse("1900-01-01").value(), Date::parse("2099-12-31").value()};
  options.plan.num_sessions = 50'000;
  options.num_questions = 100'000;
  options.num_records = 20;
  const RunEstimate estimate = plan_of_run(options);
  EXPECT_EQ(estimate.sessions.calls, 1'000'000U);
  EXPECT_EQ(estimate.paraphrases.calls, 200'000U);
}

TEST(PlanRun, CostIsTokensByPrices) {
  GenerateOptions options = small_run();
  EXPECT_FALSE(plan_of_run(options).at_best.cost);
  options.price_in = 2.5;
  options.price_out = 10;
  const RunEstimate estimate = plan_of_run(options);
  for (const RunBill& bill : {estimate.at_best, estimate.at_worst}) {
    const double cost =
        (2.5 * as_double(bill.work.tokens.prompt) + 10 * as_double(bill.work.tokens.completion)) / 1e6;
    EXPECT_THAT(bill.cost.value(), DoubleNear(cost, 1e-9));
  }
  EXPECT_EQ(estimate.at_worst.work.calls, (estimate.at_best.work.calls * 5 + 2) / 4);
}

TEST(PlanRun, TimeFollowsSpeedAndConcurrency) {
  GenerateOptions options = small_run();
  options.llm_concurrency = 1;
  const RunEstimate alone = plan_of_run(options, {.tokens_per_second = 100});
  EXPECT_THAT(alone.at_best.time.count(),
              DoubleNear(as_double(alone.at_best.work.tokens.completion) / 100, 1e-6));
  options.llm_concurrency = 4;
  const RunEstimate four = plan_of_run(options, {.tokens_per_second = 100});
  EXPECT_THAT(4 * four.at_best.time.count(), DoubleNear(alone.at_best.time.count(), 1e-6));
  options.llm_concurrency = 60'000;  // no more calls are in flight than there are
  const RunEstimate all = plan_of_run(options, {.tokens_per_second = 100});
  EXPECT_THAT(as_double(static_cast<std::int64_t>(all.at_best.work.calls)) * all.at_best.time.count(),
              DoubleNear(alone.at_best.time.count(), 1e-6));
}

TEST(PlanRun, LimitsOfCallsAndTokensAMinuteTakeTheirTime) {
  GenerateOptions options = small_run();
  const PlanAssumptions fast{.tokens_per_second = 1e6};
  options.rpm = 2;
  const RunEstimate by_calls = plan_of_run(options, fast);
  EXPECT_THAT(by_calls.at_best.time.count(),
              DoubleNear(30.0 * static_cast<double>(by_calls.at_best.work.calls), 1e-6));
  options.rpm = 0;
  options.tpm = 600;
  const RunEstimate by_tokens = plan_of_run(options, fast);
  EXPECT_THAT(by_tokens.at_best.time.count(),
              DoubleNear(as_double(by_tokens.at_best.work.tokens.total()) / 10, 1e-6));
}

TEST(PlanRun, LongerSessionsTakeLongerReplies) {
  GenerateOptions options = small_run();
  const auto before = plan_of_run(options).sessions.tokens;
  options.plan.min_turns = options.plan.max_turns = 100;
  const auto after = plan_of_run(options).sessions.tokens;
  EXPECT_GT(after.completion, 5 * before.completion);
  EXPECT_LT(after.prompt, 2 * before.prompt);
}

TEST(PlanRun, WithoutRewordingThereAreNoBatches) {
  GenerateOptions options = small_run();
  options.diversify = false;
  EXPECT_EQ(plan_of_run(options).paraphrases.calls, 0U);
  options = small_run();
  options.num_questions = 0;
  EXPECT_EQ(plan_of_run(options).paraphrases.calls, 0U);
}

TEST(PlanRun, TheEmbeddedWriterMakesNoCalls) {
  GenerateOptions options = small_run();
  options.model = "builtin";
  const RunEstimate estimate = plan_of_run(options);
  EXPECT_EQ(estimate.at_worst.work.calls, 0U);
  EXPECT_EQ(estimate.at_worst.time.count(), 0);
}

TEST(PlanRun, RefusesWhatARunWouldRefuseButForTheOutput) {
  GenerateOptions options = small_run();
  options.out = "/nowhere/x.csv";
  EXPECT_TRUE(plan_run(options, default_catalogue()));
  options.price_in = 1;
  EXPECT_THAT(plan_run(options, default_catalogue()).error().message, HasSubstr("without --price_out"));
  options.price_in.reset();
  options.price_out = -1;
  EXPECT_THAT(plan_run(options, default_catalogue()).error().message, HasSubstr("--price_out lie"));
  options.price_out.reset();
  for (const double speed : {0.0, -1.0, std::nan(""), 1e300}) {
    const auto estimate = plan_run(options, default_catalogue(), {.tokens_per_second = speed});
    ASSERT_FALSE(estimate);
    EXPECT_EQ(estimate.error().kind, ErrorKind::usage);
    EXPECT_THAT(estimate.error().message, HasSubstr("--tokens_per_second"));
  }
}

}  // namespace
}  // namespace synthv1::test
