// SPDX-License-Identifier: Apache-2.0
#include "synthv1/ledger/date.h"

#include <string>
#include <type_traits>

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

// Date is not text and not a number: days are added to it, never numbers, and two dates do not add up.
template <class A, class B>
concept Adds = requires(A a, B b) { a + b; };
template <class A, class B>
concept Compares = requires(A a, B b) { a < b; };
static_assert(Adds<Date, std::chrono::days> && Compares<Date, Date>);
static_assert(!Adds<Date, Date> && !Adds<Date, int> && !Adds<Date, std::chrono::months>);
static_assert(!Compares<Date, int> && !Compares<Date, std::string_view>);
static_assert(!std::is_convertible_v<std::chrono::year_month_day, Date>);
static_assert(!std::is_constructible_v<Date, int> && !std::is_constructible_v<Date, std::string_view>);
static_assert(!std::is_convertible_v<Date, int> && !std::is_convertible_v<Date, std::string>);

Date day(std::string_view text) { return Date::parse(text).value(); }

DateRange range(std::string_view first, std::string_view last) { return {day(first), day(last)}; }

TEST(Date, ReadsIsoDatesOnly) {
  for (const std::string_view text : {"2024-01-15", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"}) {
    const auto date = Date::parse(text);
    ASSERT_TRUE(date.has_value()) << text;
    EXPECT_EQ(format_date(*date), text);
  }
  for (const std::string_view text :
       {"", "2024-1-15", "2024/01/15", "20240115", "2024-01-15 ", " 2024-01-15", "2024-02-30", "2023-02-29",
        "1900-02-29", "2024-04-31", "2024-13-01", "2024-00-10", "2024-01-00", "0000-01-01", "2024-01-1a",
        "-024-01-01", "２０２４-01-15"}) {
    EXPECT_FALSE(Date::parse(text).has_value()) << text;
  }
  EXPECT_EQ(Date::parse("2023-02-29").error().message,
            "'2023-02-29' is not a date: the calendar has no such day");
}

TEST(Date, KnowsItsPartsAndWeekday) {
  const Date date = day("2024-02-29");
  EXPECT_EQ(date.year(), 2024);
  EXPECT_EQ(date.month(), 2u);
  EXPECT_EQ(date.day(), 29u);
  EXPECT_EQ(date.weekday(), 4u);
  EXPECT_EQ(day("2024-01-01").weekday(), 1u);
  EXPECT_EQ(day("2024-12-29").weekday(), 7u);
}

TEST(Date, CountsDaysOverTheEndsOfMonthsAndYears) {
  EXPECT_EQ(day("2024-02-28") + std::chrono::days(2), day("2024-03-01"));
  EXPECT_EQ(day("2023-02-28") + std::chrono::days(1), day("2023-03-01"));
  EXPECT_EQ(day("2024-01-01") - std::chrono::days(1), day("2023-12-31"));
  EXPECT_EQ(day("2025-01-01") - day("2024-01-01"), std::chrono::days(366));
  EXPECT_LT(day("2023-12-31"), day("2024-01-01"));
}

TEST(DateRange, OfAMonthEndsWithIt) {
  EXPECT_EQ(month_of(day("2024-02-10")), range("2024-02-01", "2024-02-29"));
  EXPECT_EQ(month_of(day("2023-02-10")), range("2023-02-01", "2023-02-28"));
  EXPECT_EQ(month_of(day("1900-02-10")), range("1900-02-01", "1900-02-28"));
  EXPECT_EQ(month_of(day("2024-12-31")), range("2024-12-01", "2024-12-31"));
}

TEST(DateRange, OfAQuarterIsThreeMonths) {
  EXPECT_EQ(quarter_of(day("2024-03-31")), range("2024-01-01", "2024-03-31"));
  EXPECT_EQ(quarter_of(day("2024-04-01")), range("2024-04-01", "2024-06-30"));
  EXPECT_EQ(quarter_of(day("2024-08-15")), range("2024-07-01", "2024-09-30"));
  EXPECT_EQ(quarter_of(day("2024-12-31")), range("2024-10-01", "2024-12-31"));
}

TEST(DateRange, OfAWeekIsMondayToSunday) {
  EXPECT_EQ(week_of(day("2024-01-01")), range("2024-01-01", "2024-01-07"));
  EXPECT_EQ(week_of(day("2024-12-31")), range("2024-12-30", "2025-01-05"));
  EXPECT_EQ(week_of(day("2024-03-03")), range("2024-02-26", "2024-03-03"));
  EXPECT_EQ(week_of(day("0001-01-01")), range("0001-01-01", "0001-01-07"));
  EXPECT_EQ(week_of(day("9999-12-31")), range("9999-12-27", "9999-12-31"));
}

TEST(DateRange, ContainsBothItsEnds) {
  const DateRange week = range("2024-01-01", "2024-01-07");
  EXPECT_TRUE(week.contains(day("2024-01-01")));
  EXPECT_TRUE(week.contains(day("2024-01-07")));
  EXPECT_FALSE(week.contains(day("2023-12-31")));
  EXPECT_FALSE(week.contains(day("2024-01-08")));
}

TEST(DateRange, UnitsOfEveryDayOfFourYearsHoldIt) {
  for (Date date = day("2023-01-01"); date < day("2027-01-01"); date = date + std::chrono::days(1)) {
    for (const DateRange& unit : {month_of(date), quarter_of(date), week_of(date)}) {
      ASSERT_TRUE(unit.contains(date)) << format_date(date);
    }
    ASSERT_EQ(week_of(date).last - week_of(date).first, std::chrono::days(6));
    ASSERT_EQ(month_of(month_of(date).last + std::chrono::days(1)).first,
              month_of(date).last + std::chrono::days(1));
    ASSERT_EQ(day(format_date(date)), date);
  }
}

}  // namespace
}  // namespace synthv1
