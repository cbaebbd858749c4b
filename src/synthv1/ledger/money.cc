// SPDX-License-Identifier: Apache-2.0
#include "synthv1/ledger/money.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::size_t kMaxWholeDigits = 15;

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::unexpected<Error> not_money(std::string_view text, std::string_view why) {
  return fail(ErrorKind::usage, fmt::format("'{}' is not an amount: {}", text.substr(0, 40), why));
}

/// The value of `digits` (at most 17 of them), with `decimals` of them behind the point.
Result<Money> from_digits(std::string_view text, std::string digits, std::int64_t decimals, bool negative) {
  while (decimals > 2 && !digits.empty() && digits.back() == '0') {
    digits.pop_back();
    --decimals;
  }
  if (decimals > 2 && !digits.empty()) return not_money(text, "it has more than two decimals");
  const std::size_t zeros = digits.find_first_not_of('0');
  digits.erase(0, std::min(zeros, digits.size()));
  if (digits.empty()) return Money{};
  if (static_cast<std::int64_t>(digits.size()) - decimals > static_cast<std::int64_t>(kMaxWholeDigits)) {
    return not_money(text, "it is too large");
  }
  digits.append(static_cast<std::size_t>(2 - decimals), '0');
  std::int64_t minor = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), minor);
  return Money::from_minor(negative ? -minor : minor);
}

}  // namespace

Result<Money> Money::parse(std::string_view text) {
  const bool negative = text.starts_with('-');
  const std::string_view body = text.substr(negative ? 1 : 0);
  const std::size_t point = body.find('.');
  const std::string_view whole = body.substr(0, point);
  const std::string_view part = point == std::string_view::npos ? std::string_view{} : body.substr(point + 1);
  if (whole.empty() || !all_digits(whole)) return not_money(text, "write it as 45, 45.5 or 45.50");
  if (point != std::string_view::npos && (part.empty() || !all_digits(part))) {
    return not_money(text, "write it as 45, 45.5 or 45.50");
  }
  return from_digits(text, std::string(whole).append(part), static_cast<std::int64_t>(part.size()), negative);
}

Result<Money> Money::parse_json_number(std::string_view text) {
  const std::size_t e = text.find_first_of("eE");
  if (e == std::string_view::npos) return parse(text);
  std::string_view exponent_text = text.substr(e + 1);
  if (exponent_text.starts_with('+') && !exponent_text.starts_with("+-")) exponent_text.remove_prefix(1);
  std::int64_t exponent = 0;
  const auto [end, code] =
      std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);
  if (code != std::errc{} || end != exponent_text.data() + exponent_text.size() || exponent > 30 ||
      exponent < -30) {
    return not_money(text, "its exponent is out of range");
  }
  const bool negative = text.starts_with('-');
  const std::string_view mantissa = text.substr(negative ? 1 : 0, e - (negative ? 1 : 0));
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  std::string digits(mantissa.substr(0, point));
  if (point < mantissa.size()) digits.append(mantissa.substr(point + 1));
  if (point == 0 || point + 1 == mantissa.size() || !all_digits(digits))
    return not_money(text, "it is not a JSON number");
  std::int64_t decimals = static_cast<std::int64_t>(digits.size() - point) - exponent;
  if (decimals < 0) {
    digits.append(static_cast<std::size_t>(-decimals), '0');
    decimals = 0;
  }
  return from_digits(text, std::move(digits), decimals, negative);
}

void append_money(std::string& out, Money money) {
  std::int64_t minor = money.minor();
  if (minor < 0) out.push_back('-');
  const auto magnitude =
      minor < 0 ? 0 - static_cast<std::uint64_t>(minor) : static_cast<std::uint64_t>(minor);
  char text[24];
  char* end = std::to_chars(text, text + sizeof text - 3, magnitude / 100).ptr;
  const auto cents = static_cast<int>(magnitude % 100);
  *end++ = '.';
  *end++ = static_cast<char>('0' + cents / 10);
  *end++ = static_cast<char>('0' + cents % 10);
  out.append(text, end);
}

std::string format_money(Money money) {
  std::string out;
  append_money(out, money);
  return out;
}

void append_json_number(std::string& out, Money money) {
  append_money(out, money);
  if (!out.ends_with('0')) return;
  out.pop_back();
  if (!out.ends_with('0')) return;
  out.resize(out.size() - 2);
}

}  // namespace synthv1
