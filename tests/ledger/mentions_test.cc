// SPDX-License-Identifier: Apache-2.0
#include "synthv1/ledger/mentions.h"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace synthv1 {
namespace {

/// The numbers of a text as "45.50 states money", one a string.
std::vector<std::string> numbers(std::string_view text) {
  std::vector<std::string> out;
  for (const NumberMention& mention : scan_mentions(text).numbers) {
    out.push_back(format_money(mention.value) + (mention.states ? " states" : "") +
                  (mention.money ? " money" : ""));
  }
  return out;
}

struct Case {
  std::string_view text;
  std::vector<std::string> expected;
};

void expect_numbers(const std::vector<Case>& cases) {
  for (const Case& one : cases) EXPECT_EQ(numbers(one.text), one.expected) << one.text;
}

using Strings = std::vector<std::string>;

TEST(ScanNumbers, ReadsDigitsExactly) {
  expect_numbers({{"", {}},
                  {"lunch", {}},
                  {"45", {"45.00 states"}},
                  {"paid 45.5 for it", {"45.50 states"}},
                  {"it was 45.", {"45.00 states"}},
                  {"45, then 12.05", {"45.00 states", "12.05 states money"}},
                  {"about 0.5", {"0.50 states"}},
                  {"a-45-b", {"45.00 states"}},
                  {"999999999999999", {"999999999999999.00 states"}}});
}

TEST(ScanNumbers, ReadsThousandsAndFullWidth) {
  expect_numbers({{"1,234", {"1234.00 states"}},
                  {"1,234,567.80", {"1234567.80 states money"}},
                  {"12,34", {"12.00 states", "34.00 states"}},
                  {"1234,567", {"1234.00 states", "567.00 states"}},
                  {"3, 450", {"3.00 states", "450.00 states"}},
                  {"１２３", {"123.00 states"}},
                  {"花了４５．５０", {"45.50 states money"}},
                  {"３５元", {"35.00 states money"}},
                  {"三十五元", {}}});
}

TEST(ScanNumbers, KnowsMoneyByItsSignWordOrDecimals) {
  expect_numbers({{"¥45", {"45.00 states money"}},
                  {"￥ 45", {"45.00 states money"}},
                  {"$45", {"45.00 states money"}},
                  {"45¥", {"45.00 states money"}},
                  {"45 yuan", {"45.00 states money"}},
                  {"45 Yuan.", {"45.00 states money"}},
                  {"45yuan", {"45.00 states money"}},
                  {"RMB 45", {"45.00 states money"}},
                  {"cny45", {"45.00 states money"}},
                  {"45元", {"45.00 states money"}},
                  {"45块钱", {"45.00 states money"}},
                  {"45.50", {"45.50 states money"}},
                  {"45.5", {"45.50 states"}},
                  {"45 yuans", {"45.00 states"}},
                  {"the yuan 45 days ago", {"45.00 states money"}},
                  {"I paid 45 for 3 coffees", {"45.00 states", "3.00 states"}}});
}

TEST(ScanNumbers, ReadsAmountsThatGoOnBehindTheirUnit) {
  expect_numbers({{"45块5", {"45.50 money"}},
                  {"45块5的咖啡", {"45.50 money"}},
                  {"45块50", {"45.50 money"}},
                  {"45块05", {"45.05 money"}},
                  {"45元5", {"45.50 money"}},
                  {"45块，5个人", {"45.00 states money", "5.00 states"}},
                  {"45块2024年", {"45.00 states money", "2024.00"}}});
}

TEST(ScanNumbers, PassesOverWhatIsNoAmount) {
  expect_numbers({{"at 12:30", {"12.00", "30.00"}},
                  {"12：30", {"12.00", "30.00"}},
                  {"total: 45", {"45.00 states"}},
                  {"一共：45", {"45.00 states"}},
                  {"version 1.2.3", {"0.00"}},
                  {"45%", {"45.00"}},
                  {"8折", {"8.00"}},
                  {"45k", {"45.00"}},
                  {"45万", {"45.00"}},
                  {"A45", {"45.00"}},
                  {"3rd", {"3.00"}},
                  {"5点", {"5.00"}},
                  {"45.999", {"0.00"}},
                  {"1234567890123456", {"0.00"}}});
}

TEST(ScanNumbers, PassesOverDates) {
  expect_numbers({{"2024-01-15", {"2024.00", "1.00", "15.00"}},
                  {"on 2024-01-15 I paid 45", {"2024.00", "1.00", "15.00", "45.00 states"}},
                  {"January 15, 2024: 45 yuan", {"15.00", "2024.00", "45.00 states money"}},
                  {"45 on 15 January 2024, 12 more", {"45.00 states", "15.00", "2024.00", "12.00 states"}},
                  {"2024年1月15日花了45元", {"2024.00", "1.00", "15.00", "45.00 states money"}}});
}

TEST(ScanNumbers, SaysWhereTheyStand) {
  const std::string_view text = "花了1,234.50元";
  const auto mentions = scan_mentions(text).numbers;
  ASSERT_EQ(mentions.size(), 1u);
  EXPECT_EQ(text.substr(mentions[0].offset, mentions[0].length), "1,234.50");
}

/// The dates of a text, "text=date" each.
Strings dates(std::string_view text) {
  Strings out;
  for (const DateMention& mention : scan_dates(text)) {
    out.push_back(
        fmt::format("{}={}", text.substr(mention.offset, mention.length), format_date(mention.date)));
  }
  return out;
}

TEST(ScanDates, ReadsTheFormsThatPeopleWrite) {
  EXPECT_EQ(dates("on 2024-01-15."), Strings{"2024-01-15=2024-01-15"});
  EXPECT_EQ(dates("2024/1/5"), Strings{"2024/1/5=2024-01-05"});
  EXPECT_EQ(dates("2024.1.5 and 2024-2-29"), (Strings{"2024.1.5=2024-01-05", "2024-2-29=2024-02-29"}));
  EXPECT_EQ(dates("2024年1月15日，2024年2月3号"),
            (Strings{"2024年1月15日=2024-01-15", "2024年2月3号=2024-02-03"}));
  EXPECT_EQ(dates("January 15, 2024"), Strings{"January 15, 2024=2024-01-15"});
  EXPECT_EQ(dates("Jan 15th 2024"), Strings{"Jan 15th 2024=2024-01-15"});
  EXPECT_EQ(dates("the 15th of january 2024"), Strings{"15th of january 2024=2024-01-15"});
  EXPECT_EQ(dates("3 Dec. 2024"), Strings{"3 Dec. 2024=2024-12-03"});
  EXPECT_EQ(dates("２０２４-01-15"), Strings{"２０２４-01-15=2024-01-15"});
}

TEST(ScanDates, PassesOverWhatIsNoFullDate) {
  for (const std::string_view text :
       {"2023-02-29", "2024-13-01", "2024-01-155", "12024-01-15", "１２０２４-01-15", "2024-01", "January 15",
        "15 January", "Marching 15, 2024", "2024-01/15", "1月15日", "0000-01-01", ""}) {
    EXPECT_EQ(dates(text), Strings{}) << text;
  }
}

TEST(ScanNumbersAndDates, TakeLinearTimeOnLongRuns) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "2024-01-15 ";
  EXPECT_EQ(scan_dates(text).size(), 20000u);
  EXPECT_EQ(scan_mentions(text).numbers.size(), 60000u);
  std::string digits;
  for (int i = 0; i < 100000; ++i) digits += "１";
  EXPECT_TRUE(scan_dates(digits).empty());
  EXPECT_EQ(scan_mentions(digits).numbers.size(), 1u);
}

}  // namespace
}  // namespace synthv1
