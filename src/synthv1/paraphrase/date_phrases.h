// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/ledger/date.h"
#include "synthv1/paraphrase/rewrite_tokens.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace synthv1 {

/// Why a date or range in a text does not say exactly one thing.
enum class DateFault : std::uint8_t {
  none,
  no_year,      ///< "January 5"
  no_such_day,  ///< "February 30, 2024"
  open,         ///< "before 2024-02-01", "since January 2024"
  reversed,     ///< the last day comes before the first
  part,         ///< "the end of January 2024"
  week,         ///< the week of a day that is no Monday; a "week" of other than seven days
  weekday,      ///< "Monday, January 2, 2024", which is a Tuesday
  ambiguous,    ///< 01/02/2024
};

/// A date or range as it stands in a text; one day where both ends are the same.
struct DatePhrase {
  DateRange range;
  DateFault fault = DateFault::none;
  std::size_t begin = 0, end = 0;  ///< tokens
};

/// All dates, months, quarters, halves, years, weeks and ranges of these that a text names, in order:
/// "January 2024", "between January 5 and March 3, 2024", "2024-01-05 to 2024-03-03", 2024年第一季度,
/// 2024年1月5日到3月3日.
std::vector<DatePhrase> find_dates(const std::vector<Token>& tokens, std::string_view text);

}  // namespace synthv1
