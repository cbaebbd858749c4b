// SPDX-License-Identifier: Apache-2.0
// The built program over the journals that its runs leave.
#include "synthv1/base/json_parse.h"
#include "synthv1/base/text.h"
#include "tests/cli/run_binary.h"
#include "tests/support/openai_endpoint.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;
using testing::StartsWith;

constexpr std::string_view kKey = "sk-very-secret-4711";

/// Refuses one call and spoils one session.
std::optional<Answer> two_faults(const FakeRequest& request) {
  if (request.number == 1)
    return respond(429, R"({"error":{"message":"slow down"}})", {{"Retry-After", "0"}});
  if (request.number == 2) return complete(session_content(plan_of(request), Slip::prose));
  return std::nullopt;
}

class JournalVerbTest : public testing::Test {
 protected:
  static std::string options(const FakeEndpoint& endpoint, int concurrency = 1) {
    return fmt::format("--base_url {}/v1 --model test-model --seed 1 --fast --llm_concurrency {}",
                       endpoint.url(), concurrency);
  }
  /// Leaves x.jsonl and its journal.
  void make(std::string_view more = "") const {
    const FakeEndpoint endpoint(openai_script(two_faults));
    const Outcome made = folder_.run(fmt::format("{} --out x.jsonl {}", options(endpoint), more),
                                     fmt::format("OPENAI_API_KEY={}", kKey));
    ASSERT_EQ(made.exit_code, 0) << made.err;
  }
  static std::ptrdiff_t lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

  Folder folder_;
};

TEST_F(JournalVerbTest, ListsAttemptsAndSumsThemUp) {
  make();
  const Outcome read = folder_.run("journal x.jsonl --price_in 1000 --price_out 2000");
  EXPECT_EQ(read.exit_code, 0) << read.err;
  EXPECT_EQ(read.err, "");
  EXPECT_THAT(read.out, StartsWith("x.jsonl.journal\n  base_url "));
  EXPECT_THAT(read.out,
              ContainsRegex("\n     0     [0-2]    0  session     refused: faulty      stop      "));
  EXPECT_THAT(read.out, ContainsRegex("\n     0     0    0  paraphrase  accepted             stop      "));
  EXPECT_THAT(read.out, ContainsRegex("\nsession +4 +3 +0 +1 +0 +[0-9,]+ +200\n"));
  EXPECT_THAT(read.out, ContainsRegex("\nparaphrase +1 +1 +0 +0 +0 +[0-9]+ +50\n"));
  EXPECT_THAT(read.out, ContainsRegex("\n1 +20..-..-..T..:..:..Z  20.* 6 +[0-9,]+ +250 "));
  EXPECT_THAT(read.out,
              AllOf(HasSubstr("  not accepted: 1 faulty\n"), HasSubstr("records       1 of 1 settled\n"),
                    HasSubstr("failed calls  1 429\n"), HasSubstr(" at 1000 in and 2000 out"),
                    HasSubstr(" from the first start to the last reply; ")));
  EXPECT_THAT(read.out, Not(HasSubstr(std::string(kKey))));
  EXPECT_EQ(folder_.run("journal x.jsonl.journal --price_in 1000 --price_out 2000").out, read.out);
  EXPECT_THAT(folder_.listing(), Not(HasSubstr("journal-")));
}

TEST_F(JournalVerbTest, ASummaryHasNoLineAnAttempt) {
  make();
  const Outcome read = folder_.run("journal --summary x.jsonl");
  EXPECT_EQ(read.exit_code, 0);
  EXPECT_THAT(read.out, AllOf(HasSubstr("num_sessions"), HasSubstr("purpose"), HasSubstr("give --price_in"),
                              Not(HasSubstr("received"))));
}

TEST_F(JournalVerbTest, ExportsLinesOfJson) {
  make();
  const Outcome read = folder_.run("journal --jsonl x.jsonl");
  EXPECT_EQ(read.exit_code, 0) << read.err;
  std::map<std::string, int> types;
  for (const std::string_view line : split(trim(read.out), '\n')) {
    const auto value = json::parse(line);
    ASSERT_TRUE(value) << line;
    const std::string type(*value->find("type")->as_string());
    ++types[type];
    if (type == "run") {
      EXPECT_EQ(value->find("seed")->as_string(), "1");
    }
    if (type == "failure") {
      EXPECT_EQ(value->find("class")->as_string(), "429");
    }
    if (type != "reply") continue;
    EXPECT_EQ(value->find("key")->as_string()->size(), 64U);
    EXPECT_EQ(value->find("usage")->find("completion_tokens")->as_int64(), 50);
    EXPECT_TRUE(value->find("content")->is_string());
  }
  EXPECT_THAT(types, ElementsAre(Pair("failure", 1), Pair("record", 1), Pair("reply", 5), Pair("run", 1),
                                 Pair("start", 1)));
  EXPECT_THAT(read.out, AllOf(HasSubstr("Hello! I paid"), HasSubstr(R"("class":"faulty")"),
                              Not(HasSubstr(std::string(kKey)))));
  const Outcome without = folder_.run("journal --jsonl --no-content x.jsonl");
  EXPECT_EQ(lines(without.out), lines(read.out));
  EXPECT_THAT(without.out, Not(HasSubstr("Hello! I paid")));
}

TEST_F(JournalVerbTest, ReadsWhileARunGoesOn) {
  const FakeEndpoint endpoint(openai_script([](const FakeRequest& request) -> std::optional<Answer> {
    return request.number < 4 ? std::nullopt : std::optional(Answer{Stall{}});
  }));
  const std::string look = fmt::format(
      "{} --num_records 9 --no_diversify --drain_timeout 0.1 --out x.jsonl > made 2>&1 & pid=$!; cd {}; "
      "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do sleep 0.1; '{}' journal --summary "
      "x.jsonl "
      "> seen 2> said; code=$?; grep -q '^session  *4 ' seen && break; done; "
      "kill -0 $pid && kill -INT $pid; wait $pid; exit $code",
      options(endpoint), folder_.path("work"), SYNTHV1_BINARY);
  EXPECT_EQ(folder_.run(look).exit_code, 0) << folder_.read("said");
  EXPECT_EQ(folder_.read("said"), "");
  EXPECT_THAT(folder_.read("seen"), ContainsRegex("\nsession +4 "));
  EXPECT_THAT(folder_.read("made"), HasSubstr("stopping"));
}

TEST_F(JournalVerbTest, AReaderThatGoesAwayIsNoFault) {
  make("--num_records 60");
  const Outcome read = folder_.run(
      fmt::format("journal x.jsonl --jsonl > all; '{}' journal x.jsonl --jsonl | head -n 1", SYNTHV1_BINARY));
  ASSERT_GT(folder_.read("all").size(), 100'000U) << "more than a pipe holds";
  EXPECT_EQ(lines(read.out), 1);
  EXPECT_EQ(read.err, "");
}

TEST_F(JournalVerbTest, AFullOutputIsSaid) {
  make();
  const Outcome read = folder_.run("journal x.jsonl > /dev/full; code=$?; (exit $code)");
  EXPECT_EQ(read.exit_code, 5);
}

TEST_F(JournalVerbTest, T91WhatIsDamagedIsSaidOnStandardError) {
  make();
  std::string bytes = folder_.read("x.jsonl.journal");
  const std::size_t at = bytes.find("Hello! I paid");
  ASSERT_NE(at, std::string::npos);
  bytes[at] = 'J';
  folder_.write("x.jsonl.journal", bytes);
  const Outcome read = folder_.run("journal x.jsonl");
  EXPECT_EQ(read.exit_code, 1);
  EXPECT_EQ(read.err, "x.jsonl.journal: 1 reply is damaged and left out\n");
  EXPECT_THAT(read.out, ContainsRegex("\nsession +3 "));
}

TEST_F(JournalVerbTest, SaysWhatIsNoJournal) {
  const Outcome missing = folder_.run("journal x.jsonl");
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_THAT(missing.err, HasSubstr("there is no x.jsonl and no x.jsonl.journal"));
  folder_.write("x.jsonl", "{}\n");
  const Outcome text = folder_.run("journal x.jsonl");
  EXPECT_EQ(text.exit_code, 2);
  EXPECT_EQ(text.err, "synthv1: x.jsonl is no journal of synthv1\n");
  EXPECT_EQ(folder_.run("journal").exit_code, 2);
}

TEST_F(JournalVerbTest, RefusesOptionsThatDoNotGoTogether) {
  make();
  for (const char* wrong :
       {"--jsonl --summary", "--no_content", "--price_in 1", "--price_out -1 --price_in 1"}) {
    const Outcome read = folder_.run(fmt::format("journal x.jsonl {}", wrong));
    EXPECT_EQ(read.exit_code, 2) << wrong;
    EXPECT_EQ(lines(read.err), 1) << read.err;
  }
}

}  // namespace
}  // namespace synthv1::test
