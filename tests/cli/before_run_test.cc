// SPDX-License-Identifier: Apache-2.0
// The built program before a run: plan, check and --preview.
#include "synthv1/base/json_parse.h"
#include "tests/cli/run_binary.h"
#include "tests/support/openai_endpoint.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view kKey = "sk-very-secret-4711";

std::string chat(const FakeEndpoint& endpoint) {
  return fmt::format("--base_url {}/v1 --model test-model --seed 1 --fast", endpoint.url());
}

std::int64_t number_at(const json::Value& value, std::string_view outer, std::string_view inner) {
  return *value.find(outer)->find(inner)->as_int64();
}

TEST(PlanTest, SaysWhatARunWouldTakeAndSendsNothing) {
  const FakeEndpoint endpoint(openai_script());
  const Folder folder;
  const Outcome run = folder.run("plan --price_in 1000 --price_out 2000 --num_records 10 " + chat(endpoint));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.err, "");
  for (const char* part : {"sessions ", " 30 ", "paraphrases ", " 10 ", "in all ", " 40 ", "cost ",
                           "assuming 50 tokens a second", "8 calls in flight"}) {
    EXPECT_THAT(run.out, HasSubstr(part));
  }
  EXPECT_EQ(endpoint.counts().connections, 0U);
  EXPECT_EQ(folder.listing(), "");
}

TEST(PlanTest, WithoutPricesItSaysHowToGiveThem) {
  const Folder folder;
  EXPECT_THAT(folder.run("plan --fast").out, HasSubstr("give --price_in and --price_out"));
}

TEST(PlanTest, JsonIsOneObject) {
  const Folder folder;
  const Outcome run = folder.run("plan --fast --json --price_in 1 --price_out 2 --tokens-per-second 80");
  const auto value = json::parse(run.out);
  ASSERT_TRUE(value) << run.out;
  EXPECT_EQ(number_at(*value, "sessions", "calls"), 3);
  EXPECT_EQ(number_at(*value, "at_best", "calls"), 4);
  EXPECT_EQ(number_at(*value, "at_worst", "calls"), 5);
  EXPECT_EQ(number_at(*value, "assumptions", "tokens_per_second"), 80);
  EXPECT_TRUE(value->find("at_best")->find("cost")->is_number());
  const auto free = json::parse(folder.run("plan --fast --json").out);
  EXPECT_TRUE(free->find("at_best")->find("cost")->is_null());
}

TEST(PlanTest, TheEmbeddedWriterMakesNoCalls) {
  const Folder folder;
  const Outcome run = folder.run("plan --model builtin --num_records 5");
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, HasSubstr("no calls"));
}

TEST(PlanTest, TakesSettingsFromOutside) {
  const Folder folder;
  folder.write("a.toml", "fast = true\nnum-sessions = 7\ntokens_per_second = 20\n");
  const std::string variables = "SYNTHV1_NUM_RECORDS=2 SYNTHV1_NUM_SESSIONS=9 SYNTHV1_JSON=true";
  const auto value = json::parse(folder.run("plan --config a.toml", variables).out);
  ASSERT_TRUE(value);
  EXPECT_EQ(number_at(*value, "sessions", "calls"), 14);
  EXPECT_EQ(number_at(*value, "assumptions", "tokens_per_second"), 20);
  const auto stronger = json::parse(folder.run("plan --config=a.toml --num_sessions 3", variables).out);
  ASSERT_TRUE(stronger);
  EXPECT_EQ(number_at(*stronger, "sessions", "calls"), 6);
  // The same file serves generate, which passes over what only plan has.
  EXPECT_EQ(folder.run("--config a.toml --model builtin --out a.json").exit_code, 0);
}

TEST(PlanTest, FaultsFromOutsideNameTheirPlace) {
  const Folder folder;
  folder.write("a.toml", "fast = true\nnum_sesions = 7\n");
  EXPECT_THAT(folder.run("plan --config a.toml").err, HasSubstr("a.toml, line 2: there is no option"));
  EXPECT_THAT(folder.run("plan", "SYNTHV1_MAX_TURNS=few").err,
              StartsWith("synthv1: SYNTHV1_MAX_TURNS: --max_turns=few"));
}

TEST(CheckTest, SaysWhatTheEndpointCanDo) {
  const FakeEndpoint endpoint(openai_script({}, {"test-model"}));
  const Folder folder;
  const Outcome run = folder.run("check " + chat(endpoint), fmt::format("OPENAI_API_KEY={}", kKey));
  EXPECT_EQ(run.exit_code, 0) << run.out << run.err;
  EXPECT_EQ(run.err, "");
  EXPECT_THAT(run.out, AllOf(HasSubstr("✅ endpoint: " + endpoint.url()),
                             HasSubstr("✅ model: 'test-model' is listed"),
                             HasSubstr("⚠️ schema: taken, but not obeyed"), HasSubstr("✅ session: "),
                             HasSubstr("✅ speed: ")));
  EXPECT_EQ(endpoint.counts().requests, 3U);  // two calls and the list of models
  EXPECT_EQ(folder.listing(), "");
}

TEST(CheckTest, T79SaysWhichModelAnswers) {
  const FakeEndpoint endpoint(openai_script({}, {"other-model"}));
  const Folder folder;
  const Outcome run = folder.run(fmt::format("check --base_url {}/v1 --model other-modle", endpoint.url()));
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, HasSubstr("does not list 'other-modle'; it lists 'other-model'"));
  EXPECT_THAT(run.out, HasSubstr("the replies come from 'test-model', not from 'other-modle'"));
}

TEST(CheckTest, AnEndpointOfNoUseSaysWhatARunSays) {
  const FakeEndpoint endpoint([](const FakeRequest&) {
    return respond(401, R"({"error":{"message":"Incorrect API key provided: sk-very-secret-4711"}})");
  });
  const Folder folder;
  const std::string variables = fmt::format("OPENAI_API_KEY={}", kKey);
  const Outcome checked = folder.run("check " + chat(endpoint), variables);
  const Outcome made = folder.run(chat(endpoint), variables);
  EXPECT_EQ(checked.exit_code, 3);
  EXPECT_EQ(made.exit_code, 3);
  ASSERT_THAT(checked.out, StartsWith("❌ "));
  const std::string said = checked.out.substr(std::string_view("❌ ").size());
  EXPECT_THAT(said, HasSubstr("set --api_key"));
  EXPECT_THAT(made.err, StartsWith("synthv1: " + said.substr(0, said.size() - 1)));
  EXPECT_THAT(checked.out + checked.err, Not(HasSubstr(std::string(kKey))));
}

TEST(CheckTest, TheEmbeddedWriterNeedsNoEndpoint) {
  const Folder folder;
  const Outcome run = folder.run("check --model builtin");
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, HasSubstr("needs no endpoint"));
}

TEST(PreviewTest, ShowsASessionAndWritesNothing) {
  const Folder folder;
  const Outcome run =
      folder.run("--preview --model builtin --fast --seed 1 --start_date 2024-03-01 --out /proc/x.json");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.err, "");
  EXPECT_THAT(run.out, AllOf(StartsWith("2024-"), HasSubstr("  0  User:      "),
                             HasSubstr("  1  Assistant: "), HasSubstr("turn  scene")));
  EXPECT_EQ(folder.listing(), "");
}

TEST(PreviewTest, ByAModelSaysItsCallsOnStandardError) {
  const FakeEndpoint endpoint(openai_script());
  const Folder folder;
  const Outcome run = folder.run("generate --preview " + chat(endpoint));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("User:      Hello! I paid 10.5 today."));
  EXPECT_THAT(run.out, HasSubstr("10.50  thing\n"));
  EXPECT_THAT(run.err, AllOf(StartsWith("1 call, "), HasSubstr(" 50 tokens out\n")));
  EXPECT_EQ(endpoint.counts().requests, 1U);
  EXPECT_EQ(folder.listing(), "");
}

TEST(BeforeRunTest, VerbsTakeTheOptionsOfGenerateAndSaySo) {
  const Folder folder;
  for (const char* verb : {"plan", "check"}) {
    const Outcome help = folder.run(std::string(verb) + " --help", "OPENAI_API_KEY=sk-hidden");
    EXPECT_EQ(help.exit_code, 0);
    EXPECT_THAT(help.out, AllOf(HasSubstr("--num_sessions"), HasSubstr("--base_url"), HasSubstr("--config"),
                                HasSubstr("SYNTHV1_"), Not(HasSubstr("sk-hidden"))));
    const Outcome wrong = folder.run(std::string(verb) + " --num_sesions 3");
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_THAT(wrong.err, HasSubstr("did you mean --num_sessions?"));
    EXPECT_THAT(folder.run(std::string(verb) + " --zzzzzzzzz").err,
                HasSubstr(fmt::format("synthv1 {} --help", verb)));
    EXPECT_THAT(folder.run(std::string("--fast ") + verb).err, HasSubstr("write the verb first"));
    EXPECT_THAT(folder.run(std::string("completions bash")).out, HasSubstr(fmt::format("\n    {}) ", verb)));
  }
  EXPECT_THAT(folder.run("plan validate").err, HasSubstr("'plan' and 'validate' are both verbs"));
}

}  // namespace
}  // namespace synthv1::test
