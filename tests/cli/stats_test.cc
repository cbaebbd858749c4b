// SPDX-License-Identifier: Apache-2.0
// The built program: stats and report.
#include "synthv1/base/json_parse.h"
#include "tests/cli/run_binary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view kResult =
    R"({"qid": "q", "category": "total_amount", "num_chunks": 5, "distance": 1, "status": "ok", "correct": true})";
constexpr std::string_view kRecord =
    R"({"task_id": "t", "questions": [], "chunks": ["[2024-01-05] User said, \"hello\""], "metadata": {}})";

/// A folder with data.jsonl, three records of the embedded writer.
const Folder& with_data() {
  static const Folder folder;
  static const Outcome made =
      folder.run("--model builtin --seed 1 --fast --num_records 3 --out data.jsonl --quiet");
  EXPECT_EQ(made.exit_code, 0) << made.err;
  return folder;
}

TEST(StatsTest, PrintsTables) {
  const Outcome run = with_data().run("stats data.jsonl");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.err, "");
  EXPECT_THAT(run.out, StartsWith("1 file: 3 records, 9 sessions, "));
  for (const char* part :
       {"tokens a session, estimated", "total_amount", "trivial answers, right", "4-gram", "Dining"})
    EXPECT_THAT(run.out, HasSubstr(part));
  EXPECT_THAT(run.out, Not(HasSubstr("left out")));
}

TEST(StatsTest, JsonIsOneObject) {
  const auto value = json::parse(with_data().run("stats data.jsonl --json").out);
  ASSERT_TRUE(value);
  EXPECT_EQ(value->find("records")->as_int64(), 3);
  EXPECT_EQ(value->find("sessions")->find("count")->as_int64(), 9);
}

TEST(StatsTest, FilesAndLayoutsAddUp) {
  const Folder& folder = with_data();
  folder.run("--model builtin --seed 2 --fast --out object.json --quiet");
  const Outcome run = folder.run("stats data.jsonl object.json");
  EXPECT_THAT(run.out, StartsWith("2 files: 4 records, 12 sessions, "));
  EXPECT_THAT(folder.run("stats - < data.jsonl").out, StartsWith("1 file: 3 records"));
}

TEST(StatsTest, BadInputIsNamedWithItsPlace) {
  const Folder folder;
  const auto stats_of = [&](std::string_view text) {
    folder.write("bad.jsonl", text);
    return folder.run("stats bad.jsonl");
  };
  const Outcome broken = stats_of(std::string(kRecord) + "\n{\"task_id\": \n");
  EXPECT_EQ(broken.exit_code, 2);
  EXPECT_THAT(broken.err, AllOf(StartsWith("synthv1: bad.jsonl: line 2"), Not(HasSubstr("\n\n"))));
  const Outcome other = stats_of(std::string(kRecord) + "\n[1]\n");
  EXPECT_EQ(other.exit_code, 2);
  EXPECT_THAT(other.err, HasSubstr("bad.jsonl: line 2: no record: no object with task_id"));
  EXPECT_EQ(stats_of("").exit_code, 2);
  EXPECT_THAT(stats_of("[]").err, HasSubstr("bad.jsonl: no record in it"));
  EXPECT_EQ(folder.run("stats none.jsonl").exit_code, 2);
  EXPECT_EQ(folder.run("stats").exit_code, 2);
}

TEST(ReportTest, TellsDataFromRunsByTheirContents) {
  const Folder& folder = with_data();
  folder.write("run.jsonl", std::string(kResult) + "\n" + std::string(kResult) + "\n");
  folder.write("run.summary.json", R"({"agent": "full", "model": "some/model"})");
  const Outcome run = folder.run("report run.jsonl data.jsonl --out x.html");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, StartsWith("3 records, 1 run with 2 results: x.html ("));
  const std::string page = folder.read("x.html");
  EXPECT_THAT(page, StartsWith("<!doctype html>"));
  EXPECT_THAT(page, HasSubstr(R"("agent":"full","model":"some/model","asked":2,"correct":2)"));
}

TEST(ReportTest, TheSummaryMayBeMissingOrNamedAfterTheWholeFile) {
  const Folder folder;
  folder.write("a.jsonl", kResult);
  EXPECT_THAT(folder.run("report a.jsonl --out -").out,
              HasSubstr(R"("file":"a.jsonl","agent":"","model":"")"));
  folder.write("a.jsonl.summary.json", R"({"agent": "bm25"})");
  EXPECT_THAT(folder.run("report a.jsonl --out -").out, HasSubstr(R"("agent":"bm25","model":"")"));
}

TEST(ReportTest, BadInputLeavesNoPage) {
  const Folder folder;
  folder.write("mixed.jsonl", std::string(kResult) + "\n" + std::string(kRecord) + "\n");
  folder.write("other.jsonl", "{\"a\": 1}\n");
  folder.write("empty.jsonl", "[]");
  folder.write("torn.jsonl", kResult);
  folder.write("torn.summary.json", "{");
  const auto error_of = [&](std::string_view file) {
    const Outcome run = folder.run("report " + std::string(file) + " --out x.html");
    EXPECT_EQ(run.exit_code, 2) << file;
    return run.err;
  };
  EXPECT_THAT(error_of("mixed.jsonl"), HasSubstr("mixed.jsonl: line 2: no result of a run"));
  EXPECT_THAT(error_of("other.jsonl"), HasSubstr("other.jsonl: line 1: neither a record"));
  EXPECT_THAT(error_of("empty.jsonl"), HasSubstr("empty.jsonl: nothing in it"));
  EXPECT_THAT(error_of("torn.jsonl"), HasSubstr("torn.summary.json: line 1"));
  EXPECT_THAT(folder.listing(), Not(HasSubstr("x.html")));
  EXPECT_EQ(folder.run("report other.jsonl").exit_code, 2);
  EXPECT_EQ(folder.run("report torn.jsonl --out none/x.html").exit_code, 2);
}

}  // namespace
}  // namespace synthv1::test
