// SPDX-License-Identifier: Apache-2.0
// The built program, started again on the journal of an earlier start.
#include "tests/cli/kept_contents.h"
#include "tests/cli/run_binary.h"
#include "tests/support/counted_endpoint.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

class ResumeTest : public testing::Test {
 protected:
  /// A small run into x.jsonl; what `more` gives takes the place of what would be given else.
  Outcome run(const CountedEndpoint& endpoint, std::string_view more = "",
              std::string_view seed = "--seed 3") const {
    return folder_.run(arguments(endpoint, more, seed));
  }
  static std::string arguments(const CountedEndpoint& endpoint, std::string_view more,
                               std::string_view seed = "--seed 3") {
    std::string text = fmt::format("--base_url {} --fast --out x.jsonl {}", endpoint.url(), more);
    for (const std::string_view given :
         {std::string_view("--model test-model"), seed, std::string_view("--num_questions 5"),
          std::string_view("--num_records 3")}) {
      if (text.find(given.substr(0, given.find(' ') + 1)) == std::string::npos)
        text.append(" ").append(given);
    }
    return text;
  }
  int asked() { return total(endpoint_.take_asked()); }

  void expect_finished(const Outcome& outcome) const { EXPECT_EQ(outcome.exit_code, 0) << outcome.err; }

  Folder folder_;
  CountedEndpoint endpoint_{{.prose_in = 3}};
};

TEST_F(ResumeTest, AFinishedRunIsWrittenAgainWithoutACall) {
  expect_finished(run(endpoint_));
  const std::string text = folder_.read("x.jsonl");
  EXPECT_GT(asked(), 12);
  folder_.write("x.jsonl", "");
  const Outcome again = run(endpoint_);
  expect_finished(again);
  EXPECT_EQ(asked(), 0);
  EXPECT_TRUE(folder_.read("x.jsonl") == text);
  EXPECT_THAT(again.err, HasSubstr("kept from earlier starts"));
}

/// Sessions with soft faults only are settled after some tries.
TEST_F(ResumeTest, AFinishedRunWithSettledRepliesIsWrittenAgainWithoutACall) {
  CountedEndpoint faulty({.fault = [](const FakeRequest& request) -> std::optional<Answer> {
    const json::Value plan = plan_of(request);
    if (plan.find("date") == nullptr) return complete("no rewrites");
    return complete(session_content(plan, Slip::turn_missing));
  }});
  expect_finished(run(faulty, "--max_retries 2"));
  const std::string text = folder_.read("x.jsonl");
  EXPECT_THAT(text, HasSubstr("turn_count"));
  EXPECT_THAT(text, HasSubstr("paraphrase batch 0"));
  EXPECT_GT(total(faulty.take_asked()), 2 * 3 * (3 + 1)) << "most sessions and batches took three";
  expect_finished(run(faulty, "--max_retries 2"));
  EXPECT_EQ(total(faulty.take_asked()), 0);
  EXPECT_TRUE(folder_.read("x.jsonl") == text);
}

TEST_F(ResumeTest, ASessionThatUsedUpItsTriesGetsMaxRetriesFurtherOnes) {
  bool good = false;
  CountedEndpoint endpoint({.fault = [&](const FakeRequest& request) -> std::optional<Answer> {
    const json::Value plan = plan_of(request);
    if (good || plan.find("first_session") == nullptr || plan.find("first_session")->as_bool() != true)
      return std::nullopt;
    return complete("prose");
  }});
  EXPECT_EQ(run(endpoint, "--max_retries 2 --num_records 1").exit_code, 3);
  EXPECT_EQ(total(endpoint.take_asked()), 3 + 2) << "three for the first session, one for each of the others";
  EXPECT_EQ(run(endpoint, "--max_retries 2 --num_records 1").exit_code, 3);
  EXPECT_EQ(total(endpoint.take_asked()), 2);
  good = true;
  expect_finished(run(endpoint, "--max_retries 2 --num_records 1"));
  EXPECT_EQ(total(endpoint.take_asked()), 1 + 1) << "the session and the rewording";
}

TEST_F(ResumeTest, MoreRecordsMayBeAskedForAndTheOldOnesStay) {
  expect_finished(run(endpoint_));
  const std::string three = folder_.read("x.jsonl");
  const int first = asked();
  expect_finished(run(endpoint_, "--num_records 5"));
  EXPECT_TRUE(folder_.read("x.jsonl").starts_with(three)) << "record k does not depend on how many there are";
  const int grown = asked();
  const Folder other;
  other.run(arguments(endpoint_, "--num_records 5"));
  EXPECT_EQ(first + grown, asked());
  EXPECT_TRUE(folder_.read("x.jsonl") == other.read("x.jsonl"));
  const Outcome fewer = run(endpoint_, "--num_records 4");
  EXPECT_EQ(fewer.exit_code, 2);
  EXPECT_THAT(fewer.err, HasSubstr("--num_records=5 then, 4 now (it may only grow)"));
}

TEST_F(ResumeTest, T91OtherOptionsAreNamedAndNothingIsMixedOrDeleted) {
  expect_finished(run(endpoint_));
  const std::string text = folder_.read("x.jsonl"), journal = folder_.read("x.jsonl.journal");
  asked();
  for (const auto& [option, says] : {std::pair("--seed 4", "--seed=3 then, 4 now"),
                                     std::pair("--temperature 0.1", "--temperature=0.8 then, 0.1 now"),
                                     std::pair("--model other", "--model=test-model then, other now"),
                                     std::pair("--no_diversify", "--no_diversify=false then, true now")}) {
    const Outcome other = run(endpoint_, option);
    EXPECT_EQ(other.exit_code, 2);
    EXPECT_THAT(other.err, HasSubstr(says));
    EXPECT_THAT(other.err, HasSubstr("x.jsonl.journal is of a run with other options"));
    EXPECT_THAT(other.err, HasSubstr("--fresh"));
    EXPECT_TRUE(folder_.read("x.jsonl.journal") == journal);
    EXPECT_TRUE(folder_.read("x.jsonl") == text);
  }
  EXPECT_EQ(asked(), 0);
}

TEST_F(ResumeTest, WhatShapesNothingMayChange) {
  run(endpoint_, "--max_requests 6");
  const int first = asked();
  expect_finished(run(endpoint_,
                      "--llm_concurrency 1 --api_key other --timeout 50 --idle_timeout 20 "
                      "--max_requests 1000 --price_in 1 --price_out 1 --quiet"));
  const int second = asked();
  const Folder other;
  other.run(arguments(endpoint_, ""));
  EXPECT_EQ(first + second, asked());
  EXPECT_TRUE(folder_.read("x.jsonl") == other.read("x.jsonl"));
}

TEST_F(ResumeTest, TheSeedOfTheFirstStartIsUsedWhenNoneIsGiven) {
  EXPECT_EQ(run(endpoint_, "--max_requests 6", "").exit_code, 4);
  asked();
  const auto before = kept_contents(folder_.work() / "x.jsonl.journal");
  expect_finished(run(endpoint_, "", ""));
  for (const auto& [content, count] : endpoint_.take_asked()) EXPECT_FALSE(before.contains(content));
  const std::string text = folder_.read("x.jsonl");
  expect_finished(run(endpoint_, "", ""));
  EXPECT_EQ(asked(), 0);
  EXPECT_TRUE(folder_.read("x.jsonl") == text);
  EXPECT_EQ(run(endpoint_, "", "--seed 5").exit_code, 2);
}

TEST_F(ResumeTest, AServerThatMovedIsTheSameEndpoint) {
  run(endpoint_, "--max_requests 6");
  const auto before = kept_contents(folder_.work() / "x.jsonl.journal");
  CountedEndpoint moved({.prose_in = 3});
  const Outcome refused = run(moved);
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("(if the server has only moved: --same_endpoint)"));
  EXPECT_EQ(total(moved.take_asked()), 0);
  EXPECT_EQ(run(moved, "--same_endpoint --max_requests 9").exit_code, 4);
  for (const auto& [content, count] : moved.take_asked()) EXPECT_FALSE(before.contains(content));
  expect_finished(run(moved));
  EXPECT_GT(total(moved.take_asked()), 0) << "the journal knows where it is now";
  expect_finished(run(endpoint_));
  EXPECT_EQ(asked(), 6) << "and where it was: only what it was asked at first";
}

TEST_F(ResumeTest, FreshStartsOverAndKeepsTheOldJournal) {
  expect_finished(run(endpoint_));
  const std::string text = folder_.read("x.jsonl");
  const int first = asked();
  const Outcome fresh = run(endpoint_, "--fresh");
  expect_finished(fresh);
  EXPECT_THAT(fresh.err, HasSubstr("the old journal is kept as x.jsonl.journal.old\n"));
  EXPECT_EQ(asked(), first);
  EXPECT_TRUE(folder_.read("x.jsonl") == text);
  expect_finished(run(endpoint_, "--fresh --seed 4"));
  EXPECT_EQ(folder_.listing(),
            "x.jsonl x.jsonl.journal x.jsonl.journal.old x.jsonl.journal.old2 x.jsonl.progress.json");
  EXPECT_EQ(kept_contents(folder_.work() / "x.jsonl.journal.old"),
            kept_contents(folder_.work() / "x.jsonl.journal.old2"));
}

TEST_F(ResumeTest, T92ASecondWriterIsRefusedAReaderIsNot) {
  CountedEndpoint held({.fault = [](const FakeRequest& request) -> std::optional<Answer> {
    if (request.number < 3) return std::nullopt;
    return Answer{Hold{}, Close{}};
  }});
  RunningBinary first = folder_.start(arguments(held, "--llm_concurrency 2"));
  ASSERT_TRUE(held.server().wait_for_requests(5));
  const std::string journal = folder_.work() / "x.jsonl.journal";
  while (kept_contents(journal).size() < 3 && !first.over()) {
  }
  EXPECT_EQ(kept_contents(journal).size(), 3U);
  const std::string command =
      fmt::format("cd {} && exec {} {}", folder_.work().string(), SYNTHV1_BINARY, arguments(held, ""));
  RunningBinary second(command + " > ../second 2>&1", folder_.path("second"), folder_.path("second.err"));
  const Outcome refused = second.wait();
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_EQ(refused.out, "synthv1: x.jsonl.journal is being written by another process\n");
  EXPECT_FALSE(first.over());
  EXPECT_EQ(held.server().counts().requests, 5U);
}

/// One session stalls while more records are finished than wait in memory.
TEST_F(ResumeTest, T82RecordsBehindAStragglerAreReadAgainFromTheJournal) {
  constexpr int kRecords = 150;
  const std::string many =
      fmt::format("--num_records {} --no_diversify --num_sessions 1 --num_questions 2", kRecords);
  CountedEndpoint straggling(
      {.prose_in = 3, .fault = [](const FakeRequest& request) -> std::optional<Answer> {
         if (request.number != 0) return std::nullopt;
         return Answer{Hold{}, Close{}};  // and is asked for again
       }});
  RunningBinary run = folder_.start(arguments(straggling, many));
  ASSERT_TRUE(
      straggling.server().wait_until([](const FakeCounts& counts) { return counts.requests >= kRecords; }));
  straggling.server().release();
  const Outcome made = run.wait();
  ASSERT_EQ(made.exit_code, 0) << made.err;
  const auto asked = straggling.take_asked();
  EXPECT_EQ(total(asked), static_cast<int>(asked.size()) + 1) << "the straggler alone was asked for twice";
  const Folder other;
  expect_finished(other.run(arguments(endpoint_, many)));
  EXPECT_TRUE(folder_.read("x.jsonl") == other.read("x.jsonl"));
}

}  // namespace
}  // namespace synthv1::test
