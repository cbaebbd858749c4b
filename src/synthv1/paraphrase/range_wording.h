// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/random.h"
#include "synthv1/catalogue/catalogue.h"
#include "synthv1/ledger/date.h"

#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// The calendar kinds that mean exactly `range`: "month", "months" (several whole ones of a year), "quarter",
/// "half", "year", "week" (Monday to Sunday; "same_year_week" too where it ends in the year it begins in).
/// Empty for most ranges.
std::vector<std::string_view> calendar_kinds(DateRange range);

/// The kinds that say both ends: "explicit", and "same_year" or "same_month" where the ends share those.
std::vector<std::string_view> explicit_kinds(DateRange range);

/// A wording of the catalogue ([ranges]) with its places filled: {start} and {end} in ISO form,
/// {start_written} and {end_written}, {start_day} and {end_day} without the year, {end_number}, {month},
/// {end_month}, {year}, {quarter}, {ordinal} (of the quarter or half).
std::string fill_range(std::string_view wording, DateRange range, Language language);

/// A wording of `range`, as it stands in a sentence: "in January 2024", "from 2024-01-05 to 2024-03-03".
std::string draw_range(DateRange range, Language language, const Catalogue& catalogue, RandomStream& random);

/// A wording of `date`: "2024-01-15", "January 15, 2024".
std::string draw_date(Date date, Language language, const Catalogue& catalogue, RandomStream& random);

}  // namespace synthv1
