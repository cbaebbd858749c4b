// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/ledger/date.h"
#include "synthv1/paraphrase/rewrite_tokens.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace synthv1 {

/// A day, month, quarter, half or year as written: 0 where a part is missing.
struct DatePoint {
  int year = 0;
  unsigned month = 0, day = 0, quarter = 0, half = 0;
  unsigned weekday = 0;    ///< said beside the day: 1 to 7
  bool ambiguous = false;  ///< 01/02/2024
  bool number = false;     ///< a bare number, which only the other end of a range makes a day or a month
  std::size_t begin = 0, end = 0;  ///< tokens

  bool is_day() const { return day > 0; }
  /// The days meant, or nothing where a part is missing or the calendar lacks the day.
  std::optional<DateRange> range() const;
};

/// Where a point stands: behind "to", a bare number may be followed by its year ("January 5 to 10, 2024").
enum class PointPlace : std::uint8_t { first, last };

/// Reads the point at which token `at` stands, if one begins there.
std::optional<DatePoint> read_point(const std::vector<Token>& tokens, std::size_t at, PointPlace place);

}  // namespace synthv1
