// SPDX-License-Identifier: Apache-2.0
// The built program against a fake endpoint over real sockets.
#include "synthv1/base/json_parse.h"
#include "tests/cli/run_binary.h"
#include "tests/support/openai_endpoint.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kKey = "sk-very-secret-4711";

class ModelTest : public testing::Test {
 protected:
  Outcome run(const FakeEndpoint& endpoint, std::string_view arguments) const {
    return folder_.run(
        fmt::format("--base_url {}/v1 --model test-model --seed 1 {}", endpoint.url(), arguments),
        fmt::format("OPENAI_API_KEY={}", kKey));
  }
  Folder folder_;
};

TEST_F(ModelTest, WritesADatasetThatValidates) {
  const FakeEndpoint endpoint(openai_script());
  const Outcome made = run(endpoint, "--fast --num_records 3 --out x.jsonl");
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_EQ(folder_.listing(), "x.jsonl x.jsonl.journal x.jsonl.progress.json");
  const Outcome validated = folder_.run("validate x.jsonl");
  EXPECT_EQ(validated.exit_code, 0) << validated.out << validated.err;
}

TEST_F(ModelTest, SameRepliesSameBytesWhateverTheConcurrency) {
  const FakeEndpoint endpoint(openai_script());
  run(endpoint, "--fast --num_records 4 --llm_concurrency 1 --out a.jsonl");
  run(endpoint, "--fast --num_records 4 --llm_concurrency 64 --out b.jsonl");
  EXPECT_NE(folder_.read("a.jsonl"), "");
  EXPECT_EQ(folder_.read("a.jsonl"), folder_.read("b.jsonl"));
}

TEST_F(ModelTest, NeverHasMoreCallsInFlightThanTheLimit) {
  const FakeEndpoint endpoint(openai_script());
  run(endpoint, "--fast --num_records 20 --llm_concurrency 5 --out a.jsonl");
  EXPECT_LE(endpoint.counts().peak_in_flight, 5u);
}

TEST_F(ModelTest, AutoMovesTheLimitAndNoByte) {
  const FakeEndpoint endpoint(openai_script([](const FakeRequest& request) -> std::optional<Answer> {
    if (request.method == "GET") return respond(404, "no metrics here");
    if (request.number % 10 == 9) return respond(429, "slow down", {{"retry-after-ms", "20"}});
    return std::nullopt;
  }));
  run(endpoint, "--fast --num_records 40 --llm_concurrency 1 --out a.jsonl");
  const Outcome made =
      run(endpoint, "--fast --num_records 40 --llm_concurrency auto --rpm 60000 --out b.jsonl");
  EXPECT_EQ(made.exit_code, 0) << made.err;
  EXPECT_NE(folder_.read("a.jsonl"), "");
  EXPECT_EQ(folder_.read("a.jsonl"), folder_.read("b.jsonl"));
}

TEST_F(ModelTest, LayoutsAreThoseOfTheEmbeddedWriter) {
  const FakeEndpoint endpoint(openai_script());
  run(endpoint, "--fast --out one.json");
  run(endpoint, "--fast --num_records 2 --out two.json");
  EXPECT_TRUE(json::parse(folder_.read("one.json"))->is_object());
  EXPECT_EQ(json::parse(folder_.read("two.json"))->as_array()->size(), 2u);
  EXPECT_EQ(
      folder_.listing(),
      "one.json one.json.journal one.json.progress.json two.json two.json.journal two.json.progress.json");
}

TEST_F(ModelTest, WholeRecordsOfAFailedRunAreKept) {
  const FakeEndpoint endpoint(openai_script([](const FakeRequest& request) -> std::optional<Answer> {
    const json::Value plan = plan_of(request);
    const json::Value* date = plan.find("date");
    if (date == nullptr || !date->as_string()->ends_with("5")) return std::nullopt;
    return complete(session_content(plan, Slip::not_stated));
  }));
  const Outcome made = run(endpoint, "--fast --no_diversify --num_records 12 --max_retries 1 --out x.json");
  EXPECT_EQ(made.exit_code, 3);
  EXPECT_THAT(made.err, HasSubstr("session"));
  EXPECT_THAT(made.err, HasSubstr("not_stated"));
  EXPECT_THAT(made.err, HasSubstr("x.json.partial.jsonl"));
  EXPECT_EQ(folder_.listing(), "x.json.journal x.json.partial.jsonl x.json.progress.json");
  EXPECT_EQ(folder_.run("validate x.json.partial.jsonl").exit_code, 0);
}

TEST_F(ModelTest, SoftFaultsAreKeptAndNamed) {
  const FakeEndpoint endpoint(openai_script([](const FakeRequest& request) -> std::optional<Answer> {
    const json::Value plan = plan_of(request);
    if (plan.find("date") == nullptr) return std::nullopt;
    return complete(session_content(plan, Slip::turn_missing));
  }));
  const Outcome made = run(endpoint, "--fast --no_diversify --out x.json");
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_THAT(folder_.read("x.json"), HasSubstr("\"session 0: turn_count"));
  EXPECT_EQ(run(endpoint, "--fast --no_diversify --strict --out y.json").exit_code, 3);
}

/// An answer that ends the run, and what its one line has to name.
struct Fatal {
  std::string answer;
  std::string says;
};

void PrintTo(const Fatal& fatal, std::ostream* out) { *out << fatal.says; }

class FatalTest : public ModelTest, public testing::WithParamInterface<Fatal> {};

TEST_P(FatalTest, EndsWithOneLineThatNamesTheCure) {
  const FakeEndpoint endpoint([](const FakeRequest&) -> Answer { return {Send{GetParam().answer}}; });
  const Outcome made = run(endpoint, "--fast --out x.json");
  EXPECT_EQ(made.exit_code, 3);
  EXPECT_THAT(made.err, HasSubstr(GetParam().says));
  EXPECT_EQ(std::count(made.err.begin(), made.err.end(), '\n'), 1) << made.err;
  const std::string progress = folder_.read("x.json.progress.json");
  EXPECT_THAT(progress, HasSubstr("\"state\": \"failed\""));
  EXPECT_THAT(made.err + made.out + progress, Not(HasSubstr(std::string(kKey))));
  EXPECT_EQ(folder_.listing(), "x.json.progress.json");
}

std::string answer(std::string_view status, std::string_view body) {
  return fmt::format("HTTP/1.1 {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}", status,
                     body.size(), body);
}

INSTANTIATE_TEST_SUITE_P(
    All, FatalTest,
    testing::Values(
        Fatal{answer("401 Unauthorized", R"({"error":"Unauthorized"})"), "api_key"},
        Fatal{answer("401 Unauthorized",
                     R"({"error":{"message":"Incorrect API key provided: sk-very-secret-4711"}})"),
              "api_key"},
        Fatal{answer("403 Forbidden", R"({"error":{"message":"no access"}})"), "api_key"},
        Fatal{answer("404 Not Found",
                     R"({"error":{"message":"The model `test-model` does not exist.","code":404}})"),
              "model"},
        Fatal{answer("429 Too Many Requests", R"({"error":{"type":"insufficient_quota","message":"quota"}})"),
              "quota"}));

TEST_F(ModelTest, T78T79SaysWhatRepliesShowToBeOdd) {
  const FakeEndpoint endpoint(openai_script([](const FakeRequest& request) -> std::optional<Answer> {
    std::string body = completion_body(right_content(plan_of(request)));
    return respond(200, body.replace(body.find("test-model"), 10, "gpt-5-mini"));
  }));
  const Outcome made = run(endpoint, "--fast --out x.json");
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_THAT(made.err, HasSubstr("prompts were cut by the server, it seems (100 tokens for "));
  EXPECT_THAT(made.err, HasSubstr("replies came from the model 'gpt-5-mini', not from 'test-model'"));
  EXPECT_THAT(run(FakeEndpoint(openai_script()), "--fast --out y.json").err,
              Not(HasSubstr("prompts were cut")));
}

TEST_F(ModelTest, T90AFullDiskKeepsTheWholeRecordsThatReachedIt) {
  const FakeEndpoint endpoint(openai_script());
  const std::string full_disk = "sh -c 'trap \"\" XFSZ; ulimit -f 6000; exec \"$0\" \"$@\"'";
  const Outcome made = folder_.run(
      fmt::format("--base_url {}/v1 --model test-model --seed 1 --num_sessions 10 --num_questions 1000 "
                  "--no_diversify --num_records 40 --out x.jsonl",
                  endpoint.url()),
      full_disk);
  EXPECT_EQ(made.exit_code, 5) << made.err;
  EXPECT_THAT(made.err, HasSubstr("cannot write x.jsonl: File too large"));
  EXPECT_THAT(made.err, HasSubstr(" whole records are in x.jsonl.partial.jsonl; the same command "));
  EXPECT_EQ(folder_.listing(), "x.jsonl.journal x.jsonl.partial.jsonl x.jsonl.progress.json");
  EXPECT_EQ(folder_.run("validate x.jsonl.partial.jsonl").exit_code, 0);
}

TEST_F(ModelTest, ADeadEndpointEndsTheRunAndNamesTheEmbeddedWriter) {
  std::string url;
  {
    const FakeEndpoint endpoint(openai_script());
    url = endpoint.url();
  }
  const Outcome made = folder_.run(fmt::format("--base_url {}/v1 --fast --out x.json", url));
  EXPECT_EQ(made.exit_code, 3);
  EXPECT_THAT(made.err, HasSubstr("--model builtin"));
  EXPECT_THAT(made.err, HasSubstr(url));
  EXPECT_EQ(folder_.listing(), "x.json.progress.json");
}

}  // namespace
}  // namespace synthv1::test
