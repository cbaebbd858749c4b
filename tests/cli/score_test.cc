// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/json_parse.h"
#include "tests/cli/run_binary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

using testing::HasSubstr;

/// Writes a dataset and, beside it, answers that are the stored ones.
void write_data(const Folder& folder) {
  ASSERT_EQ(folder.run("--model builtin --seed 1 --num_sessions 5 --out d.json").exit_code, 0);
  const auto record = json::parse(folder.read("d.json"));
  ASSERT_TRUE(record);
  std::string answers;
  for (const json::Value& question : *record->find("questions")->as_array()) {
    answers += R"({"qid":")" + std::string(*question.find("qid")->as_string()) + R"(","answer":")" +
               std::string(*question.find("answer")->as_string()) + "\"}\n";
  }
  folder.write("a.jsonl", answers);
}

TEST(ScoreVerbTest, TheStoredAnswersAreAllRight) {
  const Folder folder;
  write_data(folder);
  const Outcome run = folder.run("score d.json a.jsonl");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("100.0 %"));
  EXPECT_THAT(run.out, HasSubstr("\nreasons: equal "));
  EXPECT_THAT(run.out, HasSubstr("\nscorer version 1\n"));
  EXPECT_THAT(run.out, Not(HasSubstr("different")));
}

TEST(ScoreVerbTest, ALineAQuestionIsJson) {
  const Folder folder;
  write_data(folder);
  const Outcome run = folder.run("score d.json --jsonl < a.jsonl");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const auto line = json::parse(run.out.substr(0, run.out.find('\n')));
  ASSERT_TRUE(line) << run.out;
  EXPECT_EQ(line->find("correct")->as_bool(), true);
  EXPECT_EQ(line->find("scorer")->as_string(), "1");
}

TEST(ScoreVerbTest, OneAnswerCanBeTried) {
  const Folder folder;
  const Outcome right = folder.run("score --due 1234.50 'You spent $1,234.50.'");
  EXPECT_EQ(right.exit_code, 0) << right.err;
  EXPECT_THAT(right.out, HasSubstr(R"("correct":true,)"));
  const Outcome wrong = folder.run("score --due 7 --form count 'about 7'");
  EXPECT_EQ(wrong.exit_code, 1);
  EXPECT_THAT(wrong.out, HasSubstr(R"("reason":"hedged")"));
}

TEST(ScoreVerbTest, WhatCannotBeScoredIsSaidWithTheCure) {
  const Folder folder;
  EXPECT_EQ(folder.run("score").exit_code, 2);
  EXPECT_THAT(folder.run("score --due 1.00").err, HasSubstr("--due takes one answer"));
  EXPECT_THAT(folder.run("score - -").err, HasSubstr("name a file for one"));
  EXPECT_EQ(folder.run("score nowhere.json nowhere.jsonl").exit_code, 2);
}

}  // namespace
}  // namespace synthv1::test
