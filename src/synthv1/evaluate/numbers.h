// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/decimal.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace synthv1 {

/// How digits are parted: 1,234.50 or 1.234,50.
enum class DigitStyle : std::uint8_t { plain, european };

/// A number as a text has it, in 1/100.
struct ReadNumber {
  std::size_t end = 0;     ///< behind it; 0: there is none
  std::int64_t minor = 0;  ///< below 10^17 in size
  bool exact = true;       ///< it has no decimals beyond the second but zeros
  bool readable = true;    ///< else it is too long, or written in no one way: 1.2.3, 1.234,50, 1e3
  bool decimals = false;   ///< written with a point
  bool scaled = false;     ///< written with 百, 千, 万, thousand, k, ...
};

/// The Chinese digit (common or of banks) at `at`, 0 to 9, or -1. All take three bytes.
int chinese_digit(std::string_view text, std::size_t at);

/// The number that begins with a digit at `at`, or with a point before one, or with Chinese numerals:
/// "1,234.5", "1.2万", "3千5百", "三千五", "壹佰贰拾", "十二点五". `text` is folded (fold_answer). Takes the
/// multipliers of English ("1.5k", "2 million") too.
ReadNumber read_number(std::string_view text, std::size_t at, DigitStyle style);

/// The number in English words at `at`, in small letters: "one thousand two hundred and five", "twenty-one
/// point five", "a hundred".
ReadNumber read_number_words(std::string_view text, std::size_t at);

}  // namespace synthv1
