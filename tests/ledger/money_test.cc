// SPDX-License-Identifier: Apache-2.0
#include "synthv1/ledger/money.h"

#include <optional>
#include <type_traits>

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

// Money is not a number: it converts neither way, and only sums, differences and comparisons mean anything.
template <class A, class B>
concept Adds = requires(A a, B b) { a + b; };
template <class A, class B>
concept Multiplies = requires(A a, B b) { a* b; };
template <class A, class B>
concept Divides = requires(A a, B b) { a / b; };
template <class A, class B>
concept Compares = requires(A a, B b) { a < b; };
static_assert(Adds<Money, Money> && Compares<Money, Money>);
static_assert(!Adds<Money, int> && !Adds<int, Money> && !Adds<Money, double>);
static_assert(!Multiplies<Money, Money> && !Multiplies<Money, int> && !Multiplies<double, Money>);
static_assert(!Divides<Money, Money> && !Divides<Money, int>);
static_assert(!Compares<Money, int> && !Compares<Money, double>);
static_assert(!std::is_constructible_v<Money, std::int64_t> && !std::is_constructible_v<Money, double>);
static_assert(!std::is_convertible_v<Money, std::int64_t> && !std::is_convertible_v<Money, double>);
static_assert(!std::is_convertible_v<Money, bool> && !std::is_constructible_v<Money, std::string_view>);

std::optional<std::int64_t> parsed(std::string_view text) {
  const auto money = Money::parse(text);
  return money ? std::optional(money->minor()) : std::nullopt;
}

std::optional<std::int64_t> parsed_number(std::string_view text) {
  const auto money = Money::parse_json_number(text);
  return money ? std::optional(money->minor()) : std::nullopt;
}

TEST(Money, ReadsPlainDecimals) {
  EXPECT_EQ(parsed("45"), 4500);
  EXPECT_EQ(parsed("45.5"), 4550);
  EXPECT_EQ(parsed("45.50"), 4550);
  EXPECT_EQ(parsed("45.500"), 4550);
  EXPECT_EQ(parsed("0"), 0);
  EXPECT_EQ(parsed("-0.00"), 0);
  EXPECT_EQ(parsed("0.01"), 1);
  EXPECT_EQ(parsed("-0.01"), -1);
  EXPECT_EQ(parsed("0045.05"), 4505);
  EXPECT_EQ(parsed("999999999999999.99"), 99999999999999999);
  EXPECT_EQ(parsed("0000000000000000000000001"), 100);
}

TEST(Money, RefusesEverythingElse) {
  for (const std::string_view text :
       {"",      "-",   ".",   ".5",  "45.",  "45.501", "0.001", "1000000000000000",
        "1,000", "+45", " 45", "45 ", "--45", "4-5",    "1e3",   "45.5.0",
        "4５",   "¥45", "nan", "inf", "0x10", "45元"}) {
    EXPECT_EQ(parsed(text), std::nullopt) << text;
  }
  const auto refused = Money::parse("45.501");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().message, "'45.501' is not an amount: it has more than two decimals");
}

TEST(Money, ReadsJsonNumbersExactly) {
  EXPECT_EQ(parsed_number("45.5"), 4550);
  EXPECT_EQ(parsed_number("4.55E1"), 4550);
  EXPECT_EQ(parsed_number("4550e-2"), 4550);
  EXPECT_EQ(parsed_number("45500e-3"), 4550);
  EXPECT_EQ(parsed_number("-4.55e+1"), -4550);
  EXPECT_EQ(parsed_number("1e14"), 10000000000000000);
  EXPECT_EQ(parsed_number("0e30"), 0);
  EXPECT_EQ(parsed_number("0e-30"), 0);
  EXPECT_EQ(parsed_number("0.0000001e7"), 100);
  for (const std::string_view text : {"1e15", "1e-3", "4555e-3", "1e31", "1e", "e1", "1e+-1", "1e--1", "1.e1",
                                      ".5e1", "1e1.5", "1e99999999999999999999", "-e1", "1ee1"}) {
    EXPECT_EQ(parsed_number(text), std::nullopt) << text;
  }
}

TEST(Money, IsWrittenWithTwoDecimals) {
  EXPECT_EQ(format_money(Money{}), "0.00");
  EXPECT_EQ(format_money(Money::from_minor(5)), "0.05");
  EXPECT_EQ(format_money(Money::from_minor(-5)), "-0.05");
  EXPECT_EQ(format_money(Money::from_minor(1234567)), "12345.67");
  EXPECT_EQ(format_money(Money::from_minor(INT64_MIN)), "-92233720368547758.08");
  EXPECT_EQ(format_money(Money::from_minor(INT64_MAX)), "92233720368547758.07");
}

TEST(Money, IsTheShortestJsonNumber) {
  const auto number = [](std::int64_t minor) {
    std::string out = "x";
    append_json_number(out, Money::from_minor(minor));
    return out;
  };
  EXPECT_EQ(number(4500), "x45");
  EXPECT_EQ(number(4550), "x45.5");
  EXPECT_EQ(number(4505), "x45.05");
  EXPECT_EQ(number(0), "x0");
  EXPECT_EQ(number(10000), "x100");
  EXPECT_EQ(number(-10), "x-0.1");
}

TEST(Money, ReadsBackAsItIsWritten) {
  for (std::int64_t minor = -20000; minor <= 20000; ++minor) {
    ASSERT_EQ(parsed(format_money(Money::from_minor(minor))), minor);
    std::string number;
    append_json_number(number, Money::from_minor(minor));
    ASSERT_EQ(parsed_number(number), minor);
  }
}

}  // namespace
}  // namespace synthv1
