// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/calendar_tags.h"

#include <array>

namespace synthv1 {

namespace {

/// A day of the solar calendar as month * 100 + day.
using MonthDay = unsigned;

struct SolarHoliday {
  MonthDay first, last;
  Tags tag;
};

constexpr SolarHoliday kSolar[] = {
    {101, 103, tag("new_year")},    {213, 214, tag("valentine")},     {307, 308, tag("womens_day")},
    {430, 503, tag("labour_day")},  {601, 601, tag("childrens_day")}, {1001, 1007, tag("national_day")},
    {1030, 1031, tag("halloween")}, {1110, 1111, tag("singles_day")}, {1224, 1226, tag("christmas")},
    {1228, 1231, tag("year_end")},
};

/// The holidays of one year's Chinese calendar; the Lantern Festival is 14 days behind the Spring Festival.
struct LunarYear {
  int year;
  MonthDay spring_festival, qingming, dragon_boat, qixi, mid_autumn;
};

constexpr LunarYear kLunar[] = {
    {2020, 125, 404, 625, 825, 1001}, {2021, 212, 404, 614, 814, 921}, {2022, 201, 405, 603, 804, 910},
    {2023, 122, 405, 622, 822, 929},  {2024, 210, 404, 610, 810, 917}, {2025, 129, 404, 531, 829, 1006},
    {2026, 217, 405, 619, 819, 925},  {2027, 206, 405, 609, 808, 915}, {2028, 126, 404, 528, 826, 1003},
    {2029, 213, 404, 616, 816, 922},  {2030, 203, 405, 605, 805, 912},
};

Date date_in(int year, MonthDay day) {
  return Date(std::chrono::year(year) / std::chrono::month(day / 100) / std::chrono::day(day % 100));
}

Tags lunar_tags(Date date) {
  const int year = date.year();
  if (year < kLunar[0].year || year > kLunar[std::size(kLunar) - 1].year) return 0;
  const LunarYear& days = kLunar[year - kLunar[0].year];
  const auto days_after = [&](MonthDay day) { return (date - date_in(year, day)).count(); };
  Tags tags = 0;
  const auto since_festival = days_after(days.spring_festival);
  if (since_festival >= -1 && since_festival <= 6) tags |= tag("spring_festival");
  if (since_festival == 14) tags |= tag("lantern");
  const auto near = [&](MonthDay day) { return days_after(day) >= -1 && days_after(day) <= 1; };
  if (near(days.qingming)) tags |= tag("qingming");
  if (near(days.dragon_boat)) tags |= tag("dragon_boat");
  if (days_after(days.qixi) == 0) tags |= tag("qixi");
  if (near(days.mid_autumn)) tags |= tag("mid_autumn");
  return tags;
}

constexpr std::array<Tags, 12> kSeasons = {tag("winter"), tag("winter"), tag("spring"), tag("spring"),
                                           tag("spring"), tag("summer"), tag("summer"), tag("summer"),
                                           tag("autumn"), tag("autumn"), tag("autumn"), tag("winter")};

}  // namespace

Tags tags_of(Date date) {
  const unsigned month = date.month();
  const unsigned weekday = date.weekday();
  Tags tags = kSeasons[month - 1] | tag("january") << (month - 1) | tag("monday") << (weekday - 1);
  tags |= weekday >= 6 ? tag("weekend") : tag("weekday");
  const MonthDay today = month * 100 + date.day();
  for (const SolarHoliday& holiday : kSolar) {
    if (holiday.first <= today && today <= holiday.last) tags |= holiday.tag;
  }
  return tags | lunar_tags(date);
}

}  // namespace synthv1
