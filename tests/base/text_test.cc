// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/text.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1 {
namespace {

using testing::ElementsAre;

/// The straightforward second implementation: decode by length, then ask whether the value is one of that
/// length.
bool valid_utf8_slowly(std::string_view text) {
  static constexpr char32_t kLowest[] = {0, 0, 0x80, 0x800, 0x10000};
  while (!text.empty()) {
    const auto first = static_cast<unsigned char>(text[0]);
    const std::size_t size = first < 0x80       ? 1
                             : first >> 5 == 6  ? 2
                             : first >> 4 == 14 ? 3
                             : first >> 3 == 30 ? 4
                                                : 0;
    if (size == 0 || text.size() < size) return false;
    char32_t value = size == 1 ? first : first & (0x7F >> size);
    for (const char c : text.substr(1, size - 1)) {
      if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) return false;
      value = (value << 6) | (static_cast<unsigned char>(c) & 0x3F);
    }
    if (value < kLowest[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return false;
    text.remove_prefix(size);
  }
  return true;
}

TEST(Utf8, AgreesWithASlowCheckOnAllShortTextsOfTellingBytes) {
  constexpr std::string_view kBytes =
      "a\x7F\x80\x8F\x90\x9F\xA0\xBF\xC1\xC2\xDF\xE0\xE1\xED\xEE\xEF\xF0\xF1\xF4\xF5\xFF";
  for (const char a : kBytes) {
    for (const char b : kBytes) {
      for (const char c : kBytes) {
        for (const char d : kBytes) {
          const std::string text = {a, b, c, d};
          ASSERT_EQ(valid_utf8(text), valid_utf8_slowly(text)) << testing::PrintToString(text);
          ASSERT_EQ(valid_utf8("今天 lunch" + text + "ok今"), valid_utf8_slowly(text))
              << testing::PrintToString(text);
        }
      }
    }
  }
}

TEST(Utf8, ReplacesEachMaximalSubpartOnce) {
  EXPECT_EQ(replace_invalid_utf8("plain 今天 😀"), "plain 今天 😀");
  EXPECT_EQ(replace_invalid_utf8("a\xFFz"), "a\uFFFDz");
  EXPECT_EQ(replace_invalid_utf8("a\xE4\xBBz"), "a\uFFFDz") << "two bytes of three are one subpart";
  EXPECT_EQ(replace_invalid_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD") << "a surrogate is no character";
  EXPECT_EQ(replace_invalid_utf8("\xF0\x9F\x98"), "\uFFFD");
  EXPECT_EQ(valid_utf8_prefix("ab\xFF"), 2u);
}

TEST(Utf8, CodePointsGoThereAndBack) {
  const std::u32string points = {0x24, 0xA2, 0x20AC, 0x4ECA, 0xFFFD, 0x10348, 0x10FFFF};
  std::string text;
  for (const char32_t point : points) append_utf8(text, point);
  EXPECT_TRUE(valid_utf8(text));
  EXPECT_EQ(code_points(text), points);
  EXPECT_EQ(first_code_point("€5").size, 3u);
  EXPECT_EQ(code_points("a\x80"), std::u32string({'a', 0xFFFD}));
}

TEST(Text, TrimsSplitsJoins) {
  EXPECT_EQ(trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(trim(" \n"), "");
  EXPECT_THAT(split("a,,b", ','), ElementsAre("a", "", "b"));
  EXPECT_THAT(split("", ','), ElementsAre(""));
  EXPECT_EQ(join(std::array<std::string, 3>{"", "", "c"}, ", "), ", , c");
  EXPECT_EQ(join(std::span<const std::string_view>(), ", "), "");
}

TEST(Text, FoldsCase) {
  EXPECT_EQ(lower_ascii("Bubble TEA Ä"), "bubble tea Ä");
  EXPECT_TRUE(equal_ignoring_case("KTV", "ktv"));
  EXPECT_FALSE(equal_ignoring_case("KTV", "ktvs"));
}

TEST(Text, FoldsCompatibilityForms) {
  EXPECT_EQ(fold_nfkc("１２３．４５元 ＡＢ"), "123.45元 AB");
  EXPECT_EQ(fold_nfkc("e\u0301"), "é");
  EXPECT_EQ(fold_nfkc("plain"), "plain");
  EXPECT_EQ(fold_nfkc("\xFF"), "\uFFFD");
  EXPECT_EQ(fold_nfkc_case("ＫＴＶ Straße\u200B"), "ktv strasse");
}

TEST(Text, MeasuresSlips) {
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
  EXPECT_EQ(edit_distance("num_sesions", "num_sessions"), 1u);
  EXPECT_EQ(edit_distance("modle", "model"), 1u) << "neighbours swapped";
  EXPECT_EQ(edit_distance("餐饮", "餐厅"), 1u);
}

TEST(Text, FindsTheNearestName) {
  const std::array<std::string_view, 4> options = {"num_sessions", "num_questions", "model", "out"};
  EXPECT_EQ(nearest("num_sesion", options), "num_sessions");
  EXPECT_EQ(nearest("MODEL", options), "model");
  EXPECT_EQ(nearest("ot", options), "out");
  EXPECT_EQ(nearest("verbosity", options), std::nullopt);
  EXPECT_EQ(nearest("", options), std::nullopt);
}

TEST(Text, QuotesOnOneLine) {
  EXPECT_EQ(one_line("  a\n\n\tb  "), "a b");
  EXPECT_EQ(one_line("今天午饭", 2), "今天…");
  EXPECT_EQ(one_line("ab cd", 3), "ab…");
  EXPECT_EQ(one_line("abc", 3), "abc");
  EXPECT_EQ(one_line("x\x1B[31m\xFF"), "x [31m\uFFFD");
  EXPECT_TRUE(one_line("").empty());
}

}  // namespace
}  // namespace synthv1
