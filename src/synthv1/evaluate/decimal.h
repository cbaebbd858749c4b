// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace synthv1 {

/// Most that can be read, in 1/100.
inline constexpr std::int64_t kMostMinor = 100'000'000'000'000'000;

/// A decimal in 1/100, after its point was moved.
struct ShiftedDecimal {
  std::int64_t minor = 0;
  bool exact = true;  ///< nothing was cut off but zeros
  bool fits = true;
};

/// A decimal number as it is read, digit by digit.
struct Decimal {
  static constexpr int kMostDigits = 17;

  std::int64_t mantissa = 0;
  int scale = 0;        ///< digits behind the point
  int digits = 0;       ///< all that were read
  int significant = 0;  ///< those from the first that is not zero
  bool decimals = false;
  bool readable = true;
  std::size_t end = 0;  ///< behind it in its text

  static constexpr Decimal one() { return {.mantissa = 1, .digits = 1, .significant = 1}; }

  constexpr void append(int digit) {
    ++digits;
    if (significant == 0 && digit == 0) return;
    if (++significant > kMostDigits) {
      readable = false;
      return;
    }
    mantissa = mantissa * 10 + digit;
  }

  constexpr void append_decimal(int digit) {
    if (scale < kMostDigits) ++scale;
    append(digit);
  }

  /// Whether it is less than 10^power.
  constexpr bool below(int power) const { return significant - scale <= power; }

  /// Times 10^power.
  constexpr ShiftedDecimal shifted(int power) const {
    ShiftedDecimal shifted{.minor = mantissa, .fits = readable};
    int shift = power + 2 - scale;
    for (; shift > 0 && shifted.fits; --shift) {
      shifted.fits = shifted.minor < kMostMinor / 10;
      if (shifted.fits) shifted.minor *= 10;
    }
    for (; shift < 0; ++shift) {
      shifted.exact = shifted.exact && shifted.minor % 10 == 0;
      shifted.minor /= 10;
    }
    return shifted;
  }
};

}  // namespace synthv1
