// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/compare.h"

#include "synthv1/base/json_parse.h"
#include "tests/support/memory_files.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A row of the question `qid` of one record: 'r' right, 'w' wrong, 'e' without an answer.
std::string row(std::string_view qid, char verdict, std::string_view category = "max_scene") {
  ResultRow row{.run = "0a1b2c3d",
                .task_id = "t",
                .qid = std::string(qid),
                .category = std::string(category),
                .distance = {},
                .due = "5.00",
                .answer = verdict == 'e' ? "" : "5",
                .fault = {},
                .score = {.status = verdict == 'e' ? AnswerStatus::error : AnswerStatus::ok,
                          .correct = verdict == 'r',
                          .tolerant = verdict == 'r',
                          .extracted = {},
                          .value = {}}};
  return format_row(row);
}

/// Questions q0, q1, ... with these verdicts.
std::string rows(std::string_view verdicts) {
  std::string text;
  for (std::size_t i = 0; i < verdicts.size(); ++i) text += row(fmt::format("q{}", i), verdicts[i]);
  return text;
}

std::string summary(std::string_view data, std::string_view scorer, std::string_view agent = "full") {
  return fmt::format(R"({{"agent": "{}", "model": "m", "data": "{}", "scorer": "{}", "all": {{}}}})", agent,
                     data, scorer);
}

class Compare : public testing::Test {
 protected:
  void add(const std::string& name, const std::string& rows, const std::string& summary_text) {
    files.texts[name + ".jsonl"] = rows;
    files.texts[name + ".summary.json"] = summary_text;
  }
  Result<Comparison> compare(const std::vector<std::string>& names) {
    std::vector<std::string> paths;
    for (const std::string& name : names) paths.push_back(name + ".jsonl");
    return compare_runs(paths, files);
  }
  std::string error(const std::vector<std::string>& names) {
    const auto comparison = compare(names);
    if (comparison) return "none";
    EXPECT_EQ(comparison.error().kind, ErrorKind::usage);
    return comparison.error().message;
  }

  MemoryFiles files;
};

TEST_F(Compare, CountsWhoWasRightQuestionByQuestion) {
  add("a", rows("rrrwwwee"), summary("d", "1"));
  add("b", rows("rrwrrwrw"), summary("d", "1", "bm25"));
  const Comparison comparison = compare({"a", "b"}).value();
  EXPECT_EQ(comparison.questions, 8U);
  EXPECT_THAT(comparison.warnings, IsEmpty());
  EXPECT_EQ(comparison.runs[1].agent, "bm25");
  const RunScore &base = comparison.all[0], &run = comparison.all[1];
  EXPECT_EQ(base.tally.correct, 3U);
  EXPECT_EQ(base.tally.answered, 6U);
  EXPECT_EQ(run.tally.correct, 5U);
  EXPECT_EQ(run.against_base.both, 2U);
  EXPECT_EQ(run.against_base.only_base, 1U);
  EXPECT_EQ(run.against_base.only_run, 3U);
  EXPECT_EQ(run.against_base.neither, 2U);
  EXPECT_DOUBLE_EQ(run.against_base.difference(), 0.25);
  EXPECT_EQ(base.against_base.discordant(), 0U);
}

TEST_F(Compare, LeavesOutWhatNotAllRunsHaveAndSaysHowMuch) {
  add("a", rows("rrrr"), summary("d", "1"));
  add("b", row("q3", 'w') + row("q1", 'r') + row("other", 'r'), summary("d", "1"));
  add("c", row("q1", 'w') + row("q2", 'w'), summary("d", "1"));
  const Comparison comparison = compare({"a", "b", "c"}).value();
  EXPECT_EQ(comparison.questions, 1U);
  EXPECT_EQ(comparison.all[0].tally.asked, 1U);
  EXPECT_EQ(comparison.all[1].against_base.both, 1U);
  EXPECT_EQ(comparison.all[2].against_base.only_base, 1U);
  EXPECT_EQ(comparison.runs[0].questions, 4U);
  EXPECT_EQ(comparison.runs[1].questions, 3U);
}

TEST_F(Compare, CategoriesAddUpToAll) {
  add("a", row("x", 'r', "one") + row("y", 'w', "one") + row("z", 'r', "two"), summary("d", "1"));
  add("b", row("z", 'w', "two") + row("y", 'r', "one") + row("x", 'w', "one"), summary("d", "1"));
  const Comparison comparison = compare({"a", "b"}).value();
  ASSERT_EQ(comparison.by_category.size(), 2U);
  const PairedCounts& one = comparison.by_category.at("one")[1].against_base;
  EXPECT_EQ(one.only_base, 1U);
  EXPECT_EQ(one.only_run, 1U);
  EXPECT_EQ(comparison.by_category.at("two")[1].against_base.only_base, 1U);
  EXPECT_EQ(comparison.by_category.at("two")[0].tally.correct, 1U);
}

TEST_F(Compare, WarnsOfWhatIsNotComparable) {
  add("a", rows("rw"), summary("d1", "1"));
  add("b", rows("rw"), summary("d2", "2", "recurrent_aware"));
  std::string other_due = rows("rw");
  other_due.replace(other_due.find(R"("due":"5.00")"), 12, R"("due":"6.00")");
  files.texts["c.jsonl"] = other_due;
  EXPECT_THAT(compare({"a", "b", "c"}).value().warnings,
              ElementsAre(HasSubstr("b.jsonl: its agent knew the question"),
                          HasSubstr("b.jsonl was run on other data (d2) than a.jsonl (d1)"),
                          HasSubstr("b.jsonl was scored by scorer 2, a.jsonl by 1"),
                          HasSubstr("c.jsonl: no c.summary.json"),
                          HasSubstr("c.jsonl: another answer is due than in a.jsonl to 1 question")));
}

TEST_F(Compare, BadInputIsNamedWithItsPlace) {
  add("a", rows("rr"), summary("d", "1"));
  add("twice", rows("rr") + row("q1", 'w'), summary("d", "1"));
  add("torn", rows("r") + "{\"run\": 1}\n", summary("d", "1"));
  add("empty", "", summary("d", "1"));
  add("other", row("elsewhere", 'r'), summary("d", "1"));
  add("badly", rows("rr"), "{");
  EXPECT_THAT(error({"a"}), HasSubstr("two results files or more"));
  EXPECT_THAT(error({"a", "twice"}), HasSubstr("twice.jsonl: question q1 of t stands there twice"));
  EXPECT_THAT(error({"torn", "a"}), HasSubstr("torn.jsonl:2: no result: 'run' is not text"));
  EXPECT_THAT(error({"a", "empty"}), HasSubstr("empty.jsonl: there is no result in it"));
  EXPECT_THAT(error({"a", "other"}), HasSubstr("no question is in all of a.jsonl, other.jsonl"));
  EXPECT_THAT(error({"a", "badly"}), HasSubstr("badly.summary.json: line 1"));
  EXPECT_THAT(error({"a", "none"}), HasSubstr("none.jsonl"));
}

TEST_F(Compare, JsonSaysTheSame) {
  add("a", rows("rrrwwwee"), summary("d", "1"));
  add("b", rows("rrwrrwrw"), summary("d", "1"));
  const auto value = json::parse(comparison_json(compare({"a", "b"}).value()));
  ASSERT_TRUE(value);
  EXPECT_EQ(value->find("questions")->as_int64(), 8);
  const json::Value& run = value->find("all")->as_array()->at(1);
  EXPECT_EQ(run.find("file")->as_string(), "b.jsonl");
  EXPECT_EQ(run.find("difference")->as_number(), "0.250000");
  EXPECT_EQ(run.find("only_run")->as_int64(), 3);
  EXPECT_EQ(run.find("mcnemar_p")->as_number(), "0.625");
  EXPECT_EQ(run.find("mcnemar")->as_string(), "exact");
  EXPECT_EQ(value->find("all")->as_array()->at(0).find("difference"), nullptr);
  EXPECT_NE(value->find("by_category")->find("max_scene"), nullptr);
  EXPECT_EQ(value->find("runs")->as_array()->at(1).find("left_out")->as_int64(), 0);
}

}  // namespace
}  // namespace synthv1::test
