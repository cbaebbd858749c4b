// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace synthv1 {

/// A day of the Gregorian calendar, from 0001-01-01 to 9999-12-31. Date is not text and not a number.
class Date {
 public:
  constexpr Date() noexcept = default;
  /// From a calendar day that exists.
  explicit constexpr Date(std::chrono::year_month_day day) noexcept : days_(std::chrono::sys_days(day)) {}
  explicit constexpr Date(std::chrono::sys_days days) noexcept : days_(days) {}

  /// Reads "2024-01-15", strictly; an error names what is wrong.
  static Result<Date> parse(std::string_view text);

  constexpr std::chrono::year_month_day calendar() const noexcept { return days_; }
  constexpr std::chrono::sys_days days() const noexcept { return days_; }
  constexpr int year() const noexcept { return static_cast<int>(calendar().year()); }
  constexpr unsigned month() const noexcept { return static_cast<unsigned>(calendar().month()); }
  constexpr unsigned day() const noexcept { return static_cast<unsigned>(calendar().day()); }
  /// 1 for Monday to 7 for Sunday (ISO 8601).
  constexpr unsigned weekday() const noexcept { return std::chrono::weekday(days_).iso_encoding(); }

  friend constexpr auto operator<=>(Date, Date) noexcept = default;
  friend constexpr Date operator+(Date date, std::chrono::days count) noexcept {
    return Date(date.days_ + count);
  }
  friend constexpr Date operator-(Date date, std::chrono::days count) noexcept {
    return Date(date.days_ - count);
  }
  friend constexpr std::chrono::days operator-(Date a, Date b) noexcept { return a.days_ - b.days_; }

 private:
  std::chrono::sys_days days_{};
};

/// "2024-01-15".
std::string format_date(Date date);

/// Appends what format_date returns.
void append_date(std::string& out, Date date);

/// Days from `first` to `last`, both included; `first <= last`.
struct DateRange {
  Date first;
  Date last;
  constexpr bool contains(Date date) const noexcept { return first <= date && date <= last; }
  friend constexpr auto operator<=>(const DateRange&, const DateRange&) noexcept = default;
};

/// The month, quarter (January to March, ...) or week (Monday to Sunday; the last one ends with the year
/// 9999) that a date lies in.
DateRange month_of(Date date);
DateRange quarter_of(Date date);
DateRange week_of(Date date);

}  // namespace synthv1
