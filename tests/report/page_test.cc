// SPDX-License-Identifier: Apache-2.0
// Results of runs, and the page that shows them.
#include "synthv1/report/page.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/report/page_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

RunResult row(std::string_view text) { return read_result(*json::parse(text)); }

std::int64_t asked(const json::Value& value) { return *value.find("asked")->as_int64(); }

TEST(Results, AreReadTolerantly) {
  const RunResult whole =
      row(R"({"qid": "q", "category": "total_amount", "num_chunks": 30, "distance": 4, "status": "ok",
      "correct": false, "tolerant": true, "unknown": [1]})");
  EXPECT_EQ(whole.category, "total_amount");
  EXPECT_EQ(whole.distance, 4);
  EXPECT_EQ(whole.num_chunks, 30);
  EXPECT_FALSE(whole.correct);
  EXPECT_TRUE(whole.tolerant);
  const RunResult bare = row(R"({"qid": "q", "correct": true, "distance": null})");
  EXPECT_TRUE(bare.tolerant);
  EXPECT_EQ(bare.category, std::nullopt);
  EXPECT_EQ(bare.distance, std::nullopt);
}

TEST(Results, AreToldFromRecords) {
  EXPECT_TRUE(is_result(*json::parse(R"({"qid": "q", "correct": null})")));
  EXPECT_FALSE(is_result(*json::parse(R"({"task_id": "t", "questions": []})")));
  EXPECT_FALSE(is_result(*json::parse("[]")));
}

ReportContents one_run() {
  ReportContents contents;
  RunAccuracy& run = contents.runs.emplace_back();
  run.file = "run.jsonl";
  run.add(row(
      R"({"qid": "a", "category": "x", "num_chunks": 10, "distance": 0, "status": "ok", "correct": true})"));
  run.add(row(
      R"({"qid": "b", "category": "x", "num_chunks": 10, "distance": 5, "status": "empty", "correct": false})"));
  run.add(row(
      R"({"qid": "c", "category": "y", "num_chunks": 30, "distance": 6, "status": "ok", "correct": true})"));
  run.add(row(R"({"qid": "d", "num_chunks": 30, "distance": null, "status": "ok", "correct": false})"));
  return contents;
}

TEST(PageData, SumsARunUp) {
  const auto data = json::parse(page_data(one_run()));
  ASSERT_TRUE(data);
  EXPECT_TRUE(data->find("statistics")->is_null());
  const json::Value& run = data->find("runs")->as_array()->front();
  EXPECT_EQ(asked(run), 4);
  EXPECT_EQ(run.find("share")->as_number(), "0.5");
  EXPECT_EQ(run.find("low")->as_number(), "0.15");
  EXPECT_EQ(run.find("statuses")->find("empty")->as_int64(), 1);
  EXPECT_EQ(run.find("by_category")->as_array()->size(), 3U);
  const json::Value::Array& distances = *run.find("by_distance")->as_array();
  ASSERT_EQ(distances.size(), 2U);
  EXPECT_EQ(distances[1].find("from")->as_int64(), 4);
  EXPECT_EQ(distances[1].find("to")->as_int64(), 8);
  EXPECT_EQ(asked(distances[1]), 2);
  EXPECT_EQ(asked(*run.find("without_distance")), 1);
  EXPECT_EQ(run.find("by_sessions")->as_array()->back().find("sessions")->as_int64(), 30);
}

TEST(Page, FetchesNothingAndRunsNoOtherScript) {
  EXPECT_THAT(std::string(page_template()), StartsWith("<!doctype html>"));
  EXPECT_THAT(std::string(page_template()), HasSubstr("default-src 'none'; script-src 'sha256-"));
  EXPECT_THAT(std::string(page_template()), Not(HasSubstr("<script src")));
  EXPECT_THAT(std::string(page_template()), Not(HasSubstr("<link rel=\"stylesheet\"")));
}

TEST(Page, NoTextOfTheDataEndsTheirElement) {
  const std::string page = render_page(R"({"model":"</script><script>alert(1)<!--"})");
  EXPECT_THAT(page, HasSubstr(R"({"model":"\u003c/script>\u003cscript>alert(1)\u003c!--"})"));
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, Not(HasSubstr("SYNTHV1_DATA")));
}

}  // namespace
}  // namespace synthv1::test
