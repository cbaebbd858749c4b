// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/failures.h"

#include "synthv1/base/json_parse.h"
#include "tests/support/memory_files.h"
#include "tests/support/temporary_folder.h"

#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Two sessions and three questions: of the first transaction, of both, and one that says no evidence.
constexpr std::string_view kRecord =
    R"({"task_id": "TASK", "questions": [
{"qid": "q0", "query": "How much on tea?", "answer": "12.00", "position": 1, "category": "one", "template": "Tea?",
 "evidence": [0]},
{"qid": "q1", "query": "How much in all?", "answer": "42.50", "position": 1, "category": "two", "evidence": [0, 1, 9]},
{"qid": "q2", "query": "And on cars?", "answer": "0.00", "position": 1, "category": "two"}],
"chunks": ["[2024-01-05] User said, \"Hello.\"\n[2024-01-05] User said, \"Tea was 12.\"",
 "[2024-01-06] User said, \"30.5 for a taxi.\"\n[2024-01-06] Assistant said, \"Noted.\""],
"metadata": {"transaction_events": [
 {"date": "2024-01-05", "scene": "Dining", "subscene": "Bubble Tea", "amount": 12, "description": "tea",
  "session_index": 0, "turn": 1},
 {"date": "2024-01-06", "scene": "Transportation", "subscene": "Taxi", "amount": 30.5, "description": "taxi",
  "session_index": 1, "turn": 0}]}})";

std::string record(std::string_view task_id) {
  std::string text(kRecord);
  text.replace(text.find("TASK"), 4, task_id);
  std::erase(text, '\n');
  return text + "\n";
}

struct Asked {
  std::string task_id, qid, category, due;
  bool correct = false;
};

std::string row(const Asked& asked) {
  ResultRow row{.run = "0a1b2c3d",
                .task_id = asked.task_id,
                .qid = asked.qid,
                .category = asked.category,
                .position = 1,
                .num_chunks = 2,
                .distance = {},
                .due = asked.due,
                .answer = "about 7",
                .fault = {},
                .score = {.correct = asked.correct, .extracted = "about 7", .value = "7.00"}};
  return format_row(row);
}

class FailureKeeper : public FailureListener {
 public:
  void begin(const FailureCounts& begun) override { counts = begun; }
  void failure(const WrongAnswer& failure) override { failures.push_back(failure); }

  FailureCounts counts;
  std::vector<WrongAnswer> failures;
};

class Failures : public testing::Test {
 protected:
  Failures() {
    files.texts["run.jsonl"] = row({"b", "q1", "two", "42.50"}) + row({"a", "q0", "one", "12.00", true}) +
                               row({"a", "q1", "two", "42.50"}) + row({"a", "q2", "two", "9.00"});
    files.texts["a.jsonl"] = record("other") + record("a");
    files.texts["b.jsonl"] = record("b");
    options.run = "run.jsonl";
    options.data = {"a.jsonl", "b.jsonl"};
  }
  Result<FailureCounts> list() { return list_failures(options, default_catalogue(), files, heard); }
  std::string error() {
    const auto counts = list();
    if (counts) return "none";
    EXPECT_EQ(counts.error().kind, ErrorKind::usage);
    return counts.error().message;
  }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const WrongAnswer& failure : heard.failures) names.push_back(failure.row.task_id + failure.row.qid);
    return names;
  }

  MemoryFiles files;
  FailureOptions options;
  FailureKeeper heard;
};

TEST_F(Failures, AreTheWrongOnesInTheOrderOfTheData) {
  const FailureCounts counts = list().value();
  EXPECT_EQ(counts.questions, 4U);
  EXPECT_EQ(counts.wrong, 3U);
  EXPECT_EQ(counts.shown, 3U);
  EXPECT_EQ(heard.counts.wrong, 3U);
  EXPECT_THAT(names(), ElementsAre("aq1", "aq2", "bq1"));
}

TEST_F(Failures, BringTheLinesOfTheirEvidence) {
  list().value();
  const WrongAnswer& both = heard.failures[0];
  EXPECT_EQ(both.query, "How much in all?");
  ASSERT_EQ(both.evidence->size(), 3U);
  const EvidenceLine &tea = both.evidence->at(0), &taxi = both.evidence->at(1), &none = both.evidence->at(2);
  EXPECT_EQ(tea.line, "[2024-01-05] User said, \"Tea was 12.\"");
  EXPECT_EQ(tea.chunk, 0U);
  EXPECT_EQ(tea.turn, 1U);
  EXPECT_EQ(tea.subscene, "Bubble Tea");
  EXPECT_EQ(taxi.line, "[2024-01-06] User said, \"30.5 for a taxi.\"");
  EXPECT_EQ(format_money(*taxi.amount), "30.50");
  EXPECT_EQ(none.transaction, 9U);
  EXPECT_EQ(none.line, "");
  EXPECT_FALSE(heard.failures[1].evidence);
  EXPECT_FALSE(both.due_now);
  EXPECT_EQ(heard.failures[1].due_now, "0.00");
}

TEST_F(Failures, OfOneCategoryAndTheFirstFew) {
  options.category = "one";
  EXPECT_EQ(list().value().wrong, 0U);
  EXPECT_THAT(names(), IsEmpty());
  options.category = "two";
  options.limit = 2;
  const FailureCounts counts = list().value();
  EXPECT_EQ(counts.questions, 3U);
  EXPECT_EQ(counts.wrong, 3U);
  EXPECT_EQ(counts.shown, 2U);
  EXPECT_THAT(names(), ElementsAre("aq1", "bq1"));
}

TEST_F(Failures, WithoutAnyNeedNoData) {
  files.texts["run.jsonl"] = row({"a", "q0", "one", "12.00", true});
  options.data = {"none.jsonl"};
  EXPECT_EQ(list().value().wrong, 0U);
}

TEST_F(Failures, BadInputIsNamedWithItsPlace) {
  options.category = "three";
  EXPECT_THAT(error(), HasSubstr("run.jsonl: no question of category 'three'; there are one, two"));
  options.category = "";
  options.data = {"a.jsonl"};
  EXPECT_THAT(error(), HasSubstr("record b is not in a.jsonl"));
  options.data = {"a.jsonl", "none.jsonl"};
  EXPECT_THAT(error(), HasSubstr("none.jsonl"));
  files.texts["c.jsonl"] = "{\"a\": 1}\n";
  options.data = {"c.jsonl"};
  EXPECT_THAT(error(), HasSubstr("c.jsonl: line 1: no record"));
  files.texts["run.jsonl"] += row({"a", "q7", "two", "1.00"});
  options.data = {"a.jsonl", "b.jsonl"};
  EXPECT_THAT(error(), HasSubstr("a.jsonl: line 2: it has no question q7"));
  files.texts["run.jsonl"] = "";
  EXPECT_THAT(error(), HasSubstr("run.jsonl: there is no result in it"));
  files.texts["run.jsonl"] = "{}\n";
  EXPECT_THAT(error(), HasSubstr("run.jsonl:1: no result"));
}

TEST_F(Failures, FindTheDataByTheRunsSummary) {
  const TemporaryFolder folder;
  DiskFiles disk;
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream(folder.path(name)) << text;
  };
  const auto message = [&] {
    const auto counts = list_failures(options, default_catalogue(), disk, heard);
    return counts ? "none" : counts.error().message;
  };
  write("run.jsonl", files.texts["run.jsonl"]);
  write("a.jsonl", record("a"));
  write("b b.jsonl", record("b"));
  options.run = folder.path("run.jsonl");
  options.data.clear();
  EXPECT_THAT(message(), HasSubstr("run.summary.json does not name the data of the run: name it by --data"));
  write("run.summary.json", R"({"files": ["-"]})");
  EXPECT_THAT(message(), HasSubstr("was run on standard input: name the data by --data"));
  write("run.summary.json", fmt::format(R"({{"files": ["{}", "gone.jsonl"]}})", folder.path("a.jsonl")));
  EXPECT_THAT(message(), HasSubstr("cannot read gone.jsonl, the data that"));
  EXPECT_THAT(names(), IsEmpty());
  write("b.jsonl", record("b"));
  write("run.summary.json",
        fmt::format(R"({{"files": ["{}", "{}"]}})", folder.path("a.jsonl"), folder.path("b.jsonl")));
  EXPECT_EQ(message(), "none");
  EXPECT_THAT(names(), ElementsAre("aq1", "aq2", "bq1"));
  write("run.jsonl", row({"b", "q1", "two", "42.50"}));
  write("run.summary.json", fmt::format(R"({{"files": ["{}"]}})", folder.path("b b.jsonl")));
  EXPECT_EQ(message(), "none");
}

TEST_F(Failures, AreLinesOfJson) {
  list().value();
  const auto value = json::parse(format_failure(heard.failures[0]));
  ASSERT_TRUE(value);
  EXPECT_EQ(value->find("question")->as_string(), "How much in all?");
  EXPECT_EQ(value->find("due")->as_string(), "42.50");
  EXPECT_EQ(value->find("answer")->as_string(), "about 7");
  const json::Value& taxi = value->find("evidence")->as_array()->at(1);
  EXPECT_EQ(taxi.find("amount")->as_number(), "30.50");
  EXPECT_EQ(taxi.find("chunk")->as_int64(), 1);
  EXPECT_EQ(taxi.find("line")->as_string(), "[2024-01-06] User said, \"30.5 for a taxi.\"");
  EXPECT_TRUE(json::parse(format_failure(heard.failures[1]))->find("evidence")->is_null());
}

}  // namespace
}  // namespace synthv1::test
