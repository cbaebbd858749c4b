// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace synthv1 {

/// An amount of money, exact: a count of minor units (1/100 yuan). Amounts add up and compare; nothing else
/// means anything. Money is not a number: it converts neither way.
class Money {
 public:
  constexpr Money() noexcept = default;
  static constexpr Money from_minor(std::int64_t minor) noexcept { return Money(minor); }

  /// Reads "45", "45.5" or "45.50" (a leading "-" is allowed; no sign, comma, space or exponent beside it).
  /// Never rounds: more than two decimals that are not zero, or more than 15 digits before the point, is an
  /// error.
  static Result<Money> parse(std::string_view text);

  /// Reads a JSON number ("45.50", "4.55E1"), exactly; the same limits as parse.
  static Result<Money> parse_json_number(std::string_view text);

  constexpr std::int64_t minor() const noexcept { return minor_; }

  friend constexpr auto operator<=>(Money, Money) noexcept = default;
  friend constexpr Money operator+(Money a, Money b) noexcept { return Money(a.minor_ + b.minor_); }
  friend constexpr Money operator-(Money a, Money b) noexcept { return Money(a.minor_ - b.minor_); }
  constexpr Money& operator+=(Money other) noexcept {
    minor_ += other.minor_;
    return *this;
  }

 private:
  explicit constexpr Money(std::int64_t minor) noexcept : minor_(minor) {}
  std::int64_t minor_ = 0;
};

/// "45.50": exactly two decimals, no thousands separator.
std::string format_money(Money money);

/// Appends what format_money returns.
void append_money(std::string& out, Money money);

/// Appends the shortest JSON number of that value: 45, 45.5, 45.05.
void append_json_number(std::string& out, Money money);

}  // namespace synthv1
