// SPDX-License-Identifier: Apache-2.0
#include "synthv1/ledger/date.h"

#include <algorithm>

#include <fmt/format.h>

namespace synthv1 {

namespace {

namespace chr = std::chrono;

/// The number in `text`, or -1 where it is not all digits.
int digits_value(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// Writes `value` into the digits before `end`, as many as it takes to reach `begin`.
void write_padded(char* begin, char* end, unsigned value) {
  for (; end != begin; value /= 10) *--end = static_cast<char>('0' + value % 10);
}

}  // namespace

Result<Date> Date::parse(std::string_view text) {
  const auto wrong = [&](std::string_view why) {
    return fail(ErrorKind::usage, fmt::format("'{}' is not a date: {}", text.substr(0, 40), why));
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return wrong("write it as 2024-01-15");
  const int year = digits_value(text.substr(0, 4));
  const int month = digits_value(text.substr(5, 2));
  const int day = digits_value(text.substr(8, 2));
  if (year < 1 || month < 0 || day < 0) return wrong("write it as 2024-01-15");
  const chr::year_month_day calendar{chr::year(year), chr::month(static_cast<unsigned>(month)),
                                     chr::day(static_cast<unsigned>(day))};
  if (!calendar.ok()) return wrong("the calendar has no such day");
  return Date(calendar);
}

void append_date(std::string& out, Date date) {
  const chr::year_month_day calendar = date.calendar();
  char text[] = "0000-00-00";
  write_padded(text, text + 4, static_cast<unsigned>(static_cast<int>(calendar.year())));
  write_padded(text + 5, text + 7, static_cast<unsigned>(calendar.month()));
  write_padded(text + 8, text + 10, static_cast<unsigned>(calendar.day()));
  out.append(text, 10);
}

std::string format_date(Date date) {
  std::string out;
  append_date(out, date);
  return out;
}

DateRange month_of(Date date) {
  const chr::year_month_day day = date.calendar();
  return {Date(day.year() / day.month() / 1), Date(chr::sys_days(day.year() / day.month() / chr::last))};
}

DateRange quarter_of(Date date) {
  const chr::year_month_day day = date.calendar();
  const unsigned first = (static_cast<unsigned>(day.month()) - 1) / 3 * 3 + 1;
  return {Date(day.year() / chr::month(first) / 1),
          Date(chr::sys_days(day.year() / chr::month(first + 2) / chr::last))};
}

DateRange week_of(Date date) {
  const Date monday = date - chr::days(date.weekday() - 1);
  constexpr Date kLast(chr::year(9999) / 12 / 31);
  return {monday, std::min(monday + chr::days(6), kLast)};
}

}  // namespace synthv1
