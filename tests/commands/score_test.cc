// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/score.h"

#include "tests/support/memory_files.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

using testing::HasSubstr;

class Kept : public ScoreListener {
 public:
  void scored(const ScoredQuestion& question) override { questions.push_back(question); }
  std::vector<ScoredQuestion> questions;
};

/// A record of two questions: 28.50 by its spec, and a scene by its category alone.
std::string record(const std::string& task_id, const std::string& prefix) {
  return R"({"task_id":")" + task_id + R"(","questions":[{"qid":")" + prefix +
         R"(_0","query":"?","answer":"28.50","position":0,"category":"total_amount","spec":{"select":"sum"}},{"qid":")" +
         prefix +
         R"(_1","query":"?","answer":"Dining","position":0,"category":"max_scene"}],"chunks":["x"],)" +
         R"("metadata":{}})";
}

class ScoreTest : public testing::Test {
 protected:
  ScoreTest() { files.texts["d.jsonl"] = record("t1", "a") + "\n" + record("t2", "b") + "\n"; }

  Result<ScoreSummary> score(const std::string& answers) {
    files.texts["a.jsonl"] = answers;
    return score_answers({.data = "d.jsonl", .answers = "a.jsonl"}, default_catalogue(), files, kept);
  }

  std::string error(const std::string& answers) {
    const auto scored = score(answers);
    if (scored) return "no error";
    EXPECT_EQ(scored.error().kind, ErrorKind::usage);
    return scored.error().message;
  }

  MemoryFiles files;
  Kept kept;
};

TEST_F(ScoreTest, CountsAllThatWasAskedAndWhatWasAnswered) {
  const auto summary = score(R"({"qid":"a_0","answer":"You spent 28.5 yuan"}
{"task_id":"t1","qid":"a_1","answer":"Shopping"}
{"qid":"b_0","answer":"57.00"}
)");
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_EQ(summary->all.asked, 4U);
  EXPECT_EQ(summary->all.answered, 3U);
  EXPECT_EQ(summary->all.correct, 1U);
  EXPECT_EQ(summary->missing, 1U);
  EXPECT_EQ(summary->by_category.at("total_amount").correct, 1U);
  EXPECT_EQ(summary->by_category.at("max_scene").asked, 2U);
  EXPECT_DOUBLE_EQ(summary->all.median_relative_error().value_or(-1), 1);
  ASSERT_EQ(kept.questions.size(), 4U);
  EXPECT_EQ(kept.questions[1].due.form, AnswerForm::scene);
  EXPECT_EQ(kept.questions[1].score.reason, ScoreReason::different);
  EXPECT_EQ(kept.questions[3].score.status, AnswerStatus::empty);
  EXPECT_FALSE(kept.questions[3].given);
}

TEST_F(ScoreTest, TheStatusOfTheTransportCounts) {
  const auto summary = score(R"({"qid":"a_0","answer":"28.50","status":"truncated"}
{"qid":"a_1","answer":null}
)");
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_EQ(summary->all.correct, 0U);
  EXPECT_EQ(summary->all.statuses[static_cast<std::size_t>(AnswerStatus::truncated)], 1U);
  EXPECT_EQ(summary->all.statuses[static_cast<std::size_t>(AnswerStatus::empty)], 3U);
}

TEST_F(ScoreTest, AnAnswerToNoQuestionIsNamedWithItsLine) {
  EXPECT_EQ(error("{\"qid\":\"a_0\",\"answer\":\"1\"}\n{\"qid\":\"c_0\",\"answer\":\"1\"}\n"),
            "a.jsonl, line 2: d.jsonl has no question 'c_0'");
  EXPECT_EQ(
      error("{\"task_id\":\"t2\",\"qid\":\"a_0\",\"answer\":\"1\"}\n{\"qid\":\"a_0\",\"answer\":\"2\"}\n"),
      "a.jsonl, line 1: d.jsonl has no question 'a_0' of t2");
}

TEST_F(ScoreTest, ASecondAnswerIsNamedWithItsLine) {
  EXPECT_EQ(error("{\"qid\":\"a_0\",\"answer\":\"1\"}\n{\"qid\":\"a_0\",\"answer\":\"2\"}\n"),
            "a.jsonl, line 2: a second answer to 'a_0', after a.jsonl, line 1");
}

TEST_F(ScoreTest, AQidOfTwoRecordsNeedsItsTask) {
  files.texts["d.jsonl"] = record("t1", "a") + "\n" + record("t2", "a") + "\n";
  EXPECT_THAT(error("{\"qid\":\"a_0\",\"answer\":\"1\"}\n"), HasSubstr("two questions 'a_0'; say which"));
  const auto summary = score(R"({"task_id":"t1","qid":"a_0","answer":"28.50"}
{"task_id":"t2","qid":"a_0","answer":"1"}
)");
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_EQ(summary->all.correct, 1U);
}

TEST_F(ScoreTest, WhatIsNoAnswerIsNamedWithItsLine) {
  EXPECT_THAT(error("{\"qid\":7,\"answer\":\"1\"}\n"), HasSubstr("a.jsonl, line 1: not an answer"));
  EXPECT_THAT(error("{\"qid\":\"a_0\",\"answer\":\"1\",\"status\":\"fine\"}\n"),
              HasSubstr("must be one of ok, error"));
}

TEST_F(ScoreTest, DataThatIsNoRecordIsNamed) {
  files.texts["d.jsonl"] = "{}\n";
  EXPECT_THAT(error("{\"qid\":\"a_0\",\"answer\":\"1\"}\n"), HasSubstr("d.jsonl, line 1: not a record"));
}

}  // namespace
}  // namespace synthv1::test
