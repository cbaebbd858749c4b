// SPDX-License-Identifier: Apache-2.0
#include "cli/table.h"

#include "cli/stats_text.h"
#include "synthv1/base/display_width.h"
#include "synthv1/base/text.h"

#include <gtest/gtest.h>

namespace synthv1::cli {
namespace {

Table small_table() {
  Table table;
  table.add({"category", "questions", "zero"});
  table.add({"单日场景金额的问题", "1,234", "2.0 %"});
  table.add({"x", "5"});
  return table;
}

TEST(Table, NamesAreLeftAndNumbersRight) {
  EXPECT_EQ(small_table().text(80),
            "category            questions   zero\n"
            "单日场景金额的问题      1,234  2.0 %\n"
            "x                           5\n");
}

TEST(Table, CutsNamesFirstAndThenTheEndsOfLines) {
  EXPECT_EQ(small_table().text(30),
            "category      questions   zero\n"
            "单日场景金额      1,234  2.0 %\n"
            "x                     5\n");
  for (const std::size_t columns : {5U, 12U, 20U, 25U}) {
    const std::string text = small_table().text(columns);
    for (const std::string_view line : split(text, '\n')) EXPECT_LE(display_width(line), columns);
  }
}

TEST(Table, StatisticsFitAnyTerminal) {
  Statistics statistics;
  statistics.questions.categories = {
      {.name = std::string(200, 'n'), .questions = 1, .commonest_answer = "答案"}};
  statistics.trivial = {{.name = "zero", .answers = "", .correct = {{std::string(200, 'n'), 0}}}};
  const std::string text = stats_text(statistics, 60);
  for (const std::string_view line : split(text, '\n')) {
    if (!line.starts_with("nnn")) continue;
    EXPECT_LE(display_width(line), 60U);
  }
}

}  // namespace
}  // namespace synthv1::cli
