// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/calendar_tags.h"

#include <bit>

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

Tags tags_on(std::string_view date) { return tags_of(Date::parse(date).value()); }

/// The bits of these tags.
template <class... Names>
consteval Tags tags(const Names&... names) {
  return (tag(names) | ...);
}

struct Holiday {
  Tags tag;
  std::string_view first, last;  ///< days on which it holds; it does not on the day before and behind
};

const Holiday kHolidays[] = {
    // Days of the Chinese calendar, as the Hong Kong Observatory publishes them.
    {tag("spring_festival"), "2024-02-09", "2024-02-16"},  // 2024-02-10
    {tag("spring_festival"), "2025-01-28", "2025-02-04"},  // 2025-01-29
    {tag("spring_festival"), "2020-01-24", "2020-01-31"},  // 2020-01-25
    {tag("spring_festival"), "2030-02-02", "2030-02-09"},  // 2030-02-03
    {tag("lantern"), "2024-02-24", "2024-02-24"},
    {tag("lantern"), "2023-02-05", "2023-02-05"},
    {tag("qingming"), "2024-04-03", "2024-04-05"},
    {tag("dragon_boat"), "2024-06-09", "2024-06-11"},
    {tag("dragon_boat"), "2025-05-30", "2025-06-01"},
    {tag("qixi"), "2024-08-10", "2024-08-10"},
    {tag("mid_autumn"), "2024-09-16", "2024-09-18"},
    {tag("mid_autumn"), "2025-10-05", "2025-10-07"},
    // Days of the solar calendar.
    {tag("new_year"), "2024-01-01", "2024-01-03"},
    {tag("valentine"), "2024-02-13", "2024-02-14"},
    {tag("womens_day"), "2024-03-07", "2024-03-08"},
    {tag("labour_day"), "2024-04-30", "2024-05-03"},
    {tag("childrens_day"), "2024-06-01", "2024-06-01"},
    {tag("national_day"), "2024-10-01", "2024-10-07"},
    {tag("halloween"), "2024-10-30", "2024-10-31"},
    {tag("singles_day"), "2024-11-10", "2024-11-11"},
    {tag("christmas"), "2024-12-24", "2024-12-26"},
    {tag("year_end"), "2024-12-28", "2024-12-31"},
};

TEST(TagsOf, HolidaysHoldOnTheirDaysOnly) {
  for (const Holiday& holiday : kHolidays) {
    const Date first = Date::parse(holiday.first).value();
    const Date last = Date::parse(holiday.last).value();
    for (Date date = first; date <= last; date = date + std::chrono::days(1)) {
      EXPECT_NE(tags_of(date) & holiday.tag, 0U) << format_date(date);
    }
    EXPECT_EQ(tags_of(first - std::chrono::days(1)) & holiday.tag, 0U) << holiday.first;
    EXPECT_EQ(tags_of(last + std::chrono::days(1)) & holiday.tag, 0U) << holiday.last;
  }
}

TEST(TagsOf, TheChineseCalendarIsKnownFrom2020To2030) {
  const Tags lunar = tags("spring_festival", "lantern", "qingming", "dragon_boat", "qixi", "mid_autumn");
  for (int year = 2017; year <= 2033; ++year) {
    Tags seen = 0;
    for (Date date(std::chrono::year(year) / 1 / 1); date.year() == year;
         date = date + std::chrono::days(1)) {
      seen |= tags_of(date) & lunar;
    }
    EXPECT_EQ(seen, year >= 2020 && year <= 2030 ? lunar : 0U) << year;
  }
}

TEST(TagsOf, EveryDayHasOneSeasonMonthAndWeekday) {
  const Tags seasons = tags("spring", "summer", "autumn", "winter");
  const Tags days = tags("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
  const Tags parts = tags("weekday", "weekend");
  Tags months = 0;
  for (unsigned month = 0; month < 12; ++month) months |= tag("january") << month;
  for (Date date = Date::parse("2024-01-01").value(); date.year() < 2026;
       date = date + std::chrono::days(1)) {
    for (const Tags one_of : {seasons, months, days, parts}) {
      EXPECT_EQ(std::popcount(tags_of(date) & one_of), 1) << format_date(date);
    }
  }
}

TEST(TagsOf, DaysByName) {
  EXPECT_EQ(tags_on("2024-01-15"), tags("winter", "january", "monday", "weekday"));
  EXPECT_EQ(tags_on("2024-05-19"), tags("spring", "may", "sunday", "weekend"));
  EXPECT_EQ(tags_on("2024-08-10"), tags("summer", "august", "saturday", "weekend", "qixi"));
  EXPECT_EQ(tags_on("2024-10-04"), tags("autumn", "october", "friday", "weekday", "national_day"));
  EXPECT_EQ(tags_on("2024-12-31"), tags("winter", "december", "tuesday", "weekday", "year_end"));
}

TEST(TagsOf, TheEndsOfTheCalendar) {
  EXPECT_NE(tags_on("0001-01-01") & tag("new_year"), 0U);
  EXPECT_NE(tags_on("9999-12-31") & tag("year_end"), 0U);
}

}  // namespace
}  // namespace synthv1
