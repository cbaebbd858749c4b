// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/display_width.h"

#include <string>

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

TEST(DisplayWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(display_width(""), 0u);
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width("é"), 1u);
  EXPECT_EQ(display_width("e\u0301"), 1u) << "a combining accent";
  EXPECT_EQ(display_width("慢一点"), 6u);
  EXPECT_EQ(display_width("ＡＢ"), 4u) << "full width";
  EXPECT_EQ(display_width("😀"), 2u);
}

TEST(DisplayWidth, IsNeverTooSmall) {
  EXPECT_GE(display_width("❤\uFE0F"), 2u) << "a selector makes it wide";
  EXPECT_GE(display_width("\U0001FAE9"), 2u) << "younger than the tables";
  EXPECT_EQ(display_width("\xff"), 1u) << "shown as U+FFFD";
}

TEST(CutToWidth, CutsBetweenCharacters) {
  const std::string text = "a慢b一😀点e\u0301";
  for (std::size_t width = 0; width <= 12; ++width) {
    const std::string_view cut = cut_to_width(text, width);
    EXPECT_LE(display_width(cut), width);
    EXPECT_TRUE(text.starts_with(cut));
    EXPECT_GE(display_width(cut) + 1, std::min(width, display_width(text))) << width;
  }
  EXPECT_EQ(cut_to_width(text, 2), "a");
  EXPECT_EQ(cut_to_width(text, 3), "a慢");
  EXPECT_EQ(cut_to_width("e\u0301x", 1), "e\u0301") << "an accent stays with its letter";
}

}  // namespace
}  // namespace synthv1
