// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/repair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1 {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(RepairText, GivesJsonBackAsItIs) {
  const std::string text = "{ \"a\": 1.50 }\n";
  const RepairSummary summary = repair_text(text, {.strict = true}).value();
  EXPECT_EQ(summary.json, text);
  EXPECT_THAT(summary.repairs, IsEmpty());
  EXPECT_FALSE(summary.lossy);
}

TEST(RepairText, NamesEachRepair) {
  const std::string_view text = "```json\n{'a': 1,\n}\n```";
  const RepairSummary summary = repair_text(text, {.strict = true}).value();
  EXPECT_EQ(summary.json, R"({"a":1})");
  ASSERT_EQ(summary.repairs.size(), 3u);
  EXPECT_EQ(describe(summary.repairs[0], text),
            "line 1, column 1: code_fence (a Markdown fence around the document is dropped)");
  EXPECT_EQ(describe(summary.repairs[1], text),
            "line 2, column 2: single_quotes (single quotes around a string become double ones)");
  EXPECT_THAT(describe(summary.repairs[2], text), HasSubstr("line 3, column 1: trailing_comma"));
}

TEST(RepairText, RefusesLossyRepairsWhenStrict) {
  const std::string_view text = "{\"a\": 1, \"b\": [1, 2";
  EXPECT_EQ(repair_text(text)->json, R"({"a":1,"b":[1]})");
  EXPECT_TRUE(repair_text(text)->lossy);
  const Error refused = repair_text(text, {.strict = true}).error();
  EXPECT_EQ(refused.kind, ErrorKind::faulty);
  EXPECT_THAT(refused.message, HasSubstr("line 1, column 20: truncated (lossy: "));
}

TEST(RepairText, SaysWhenNothingIsUsable) {
  EXPECT_EQ(repair_text("Sorry.").error().kind, ErrorKind::faulty);
}

}  // namespace
}  // namespace synthv1
