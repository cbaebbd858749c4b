// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/ledger/date.h"
#include "synthv1/ledger/money.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace synthv1 {

/// A number written in digits (half or full width, thousands commas allowed) in a text.
struct NumberMention {
  std::uint32_t offset = 0;  ///< bytes before it
  std::uint32_t length = 0;  ///< bytes
  Money value;               ///< 0 where it has more than two decimals or is too large
  /// Whether it can state an amount: it stands for itself, not within a longer number, a date, a time of day,
  /// a word ("A45", "45k", "45万"), a percentage or an amount that goes on behind its unit ("45块5").
  bool states = false;
  /// Whether it is an amount of money (SPEC, "A good session"): a currency sign or word beside it, or two
  /// decimals.
  bool money = false;
};

/// A date with year, month and day.
struct DateMention {
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
  Date date;
};

/// All full dates of `text`, in order: 2024-01-15, 2024/1/15, 2024.1.15, 2024年1月15日, January 15(th), 2024
/// and 15(th) (of) January 2024, month names also by their first three letters. Days that the calendar lacks
/// are passed over.
std::vector<DateMention> scan_dates(std::string_view text);

struct Mentions {
  std::vector<NumberMention> numbers;  ///< those inside a date neither state an amount nor are money
  std::vector<DateMention> dates;
};

/// All numbers and full dates of `text`, in order. Linear; most of a text without digits is skipped sixteen
/// bytes at a time.
Mentions scan_mentions(std::string_view text);

}  // namespace synthv1
