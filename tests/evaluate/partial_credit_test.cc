// SPDX-License-Identifier: Apache-2.0
// What stands beside the verdict: how much of a set was named, how far off an amount is.
#include "synthv1/evaluate/score.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

TEST(PartialCredit, PartOfASetIsPartOfTheCreditAndNeverRight) {
  const auto f1 = [](std::string_view answer, std::string due, AnswerForm form) {
    const Score score = score_answer(answer, AnswerStatus::ok, {.text = std::move(due), .form = form});
    EXPECT_EQ(score.correct, score.f1 == 1) << answer;
    return score.f1;
  };
  EXPECT_DOUBLE_EQ(f1("Shopping, Dining", "Dining, Shopping", AnswerForm::scene), 1);
  EXPECT_DOUBLE_EQ(f1("Dining", "Dining, Shopping", AnswerForm::scene), 2.0 / 3);
  EXPECT_DOUBLE_EQ(f1("Dining, Shopping and Entertainment", "Dining", AnswerForm::scene), 0.5);
  EXPECT_DOUBLE_EQ(f1("Entertainment", "Dining", AnswerForm::scene), 0);
  EXPECT_DOUBLE_EQ(f1("maybe Dining", "Dining", AnswerForm::scene), 0);
  EXPECT_DOUBLE_EQ(f1("", "Dining", AnswerForm::scene), 0);
  EXPECT_DOUBLE_EQ(f1("60.00", "60.00", AnswerForm::money), 1);
  EXPECT_DOUBLE_EQ(f1("60.01", "60.00", AnswerForm::money), 0);
}

TEST(PartialCredit, ASceneThatTheCatalogueDoesNotKnowIsNotLeftOut) {
  const DueAnswer due{.text = "Dining, Falconry", .form = AnswerForm::scene};
  for (const char* answer : {"Dining", "Dining, Falconry", "Falconry"})
    EXPECT_FALSE(score_answer(answer, AnswerStatus::ok, due).correct) << answer;
}

TEST(PartialCredit, AWrongAmountIsOffByAShareOfTheAmountDue) {
  const auto off = [](std::string_view answer, std::string due) {
    const DueAnswer wanted{.text = std::move(due)};
    return relative_error(score_answer(answer, AnswerStatus::ok, wanted), wanted).value_or(-1);
  };
  EXPECT_DOUBLE_EQ(off("75.00", "100.00"), 0.25);
  EXPECT_DOUBLE_EQ(off("150", "100.00"), 0.5);
  EXPECT_DOUBLE_EQ(off("100", "100.00"), -1);
  EXPECT_DOUBLE_EQ(off("60 or 75", "100.00"), -1);
  EXPECT_DOUBLE_EQ(off("5.00", "0.00"), -1);
}

}  // namespace
}  // namespace synthv1
