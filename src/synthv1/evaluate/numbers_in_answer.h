// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/answer_text.h"
#include "synthv1/evaluate/dates_in_answer.h"
#include "synthv1/evaluate/numbers.h"
#include "synthv1/evaluate/phrases.h"

#include <cstdint>
#include <span>
#include <vector>

namespace synthv1 {

/// What a number in an answer counts, by the word behind it.
enum class Counted : std::uint8_t { unsaid, transactions, other };

/// A number in an answer that is no part of a date, a word, a time of day or a percentage.
struct NumberInAnswer {
  Span span;               ///< with its sign and currency
  std::int64_t minor = 0;  ///< in 1/100
  bool exact = true;
  bool readable = true;
  bool money = false;        ///< it has a currency
  bool foreign = false;      ///< which is neither the yuan nor the dollar
  bool decimals = false;     ///< it is written with a point
  bool may_be_mark = false;  ///< it may as well be a year or the number of a list's line
  bool spelled = false;      ///< in words or Chinese numerals below ten: no number unless something says so
  Counted counted = Counted::unsaid;
};

/// All numbers of a folded answer, in order: "¥1,234.50", "1.2万元", "三千五百元", "12块5", "-$35", "five
/// hundred dollars and ten cents". `dates` are those of the same answer. Linear.
std::vector<NumberInAnswer> numbers_in_answer(const AnswerText& answer, std::span<const DateInAnswer> dates,
                                              DigitStyle style);

}  // namespace synthv1
