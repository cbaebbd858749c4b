// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/chunk_lines.h"

#include "synthv1/session/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1 {
namespace {

using testing::HasSubstr;

TEST(ChunkLine, ReadsWhatAChunkIsMadeOf) {
  const Date date = Date::parse("2024-01-15").value();
  const std::string chunk = make_chunk(date, {{Role::assistant, R"(A "latte"?)"}});
  const ChunkLine line = read_chunk_line(chunk).value();
  EXPECT_EQ(line.date, date);
  EXPECT_FALSE(line.said.by_user);
  EXPECT_EQ(line.said.content, R"(A "latte"?)");
  EXPECT_TRUE(read_chunk_line(R"([2024-01-15] User said, "28")")->said.by_user);
}

TEST(ChunkLine, SaysWhatIsWrong) {
  const auto reason = [](std::string_view line) { return read_chunk_line(line).error(); };
  EXPECT_THAT(reason(""), HasSubstr("does not begin with its date"));
  EXPECT_THAT(reason(R"(2024-01-15 User said, "28")"), HasSubstr("does not begin with its date"));
  EXPECT_THAT(reason(R"([2024-01-15]User said, "28")"), HasSubstr("does not begin with its date"));
  EXPECT_THAT(reason(R"([2024-1-15] User said, "28")"), HasSubstr("does not begin with its date"));
  EXPECT_THAT(reason(R"([2024-13-15] User said, "28")"), HasSubstr("no such day"));
  EXPECT_THAT(reason(R"([2024-01-15] Bob said, "28")"), HasSubstr("Bob said"));
  EXPECT_THAT(reason(R"([2024-01-15] user said, "28")"), HasSubstr("user said"));
  EXPECT_THAT(reason(R"([2024-01-15] User said: "28")"), HasSubstr("User said:"));
  EXPECT_THAT(reason("[2024-01-15] "), HasSubstr("behind the date"));
  EXPECT_THAT(reason(R"([2024-01-15] User said, ")"), HasSubstr("quote"));
  EXPECT_THAT(reason(R"([2024-01-15] User said, "28)"), HasSubstr("quote"));
  EXPECT_THAT(reason(R"([2024-01-15] User said, "28" )"), HasSubstr("quote"));
  EXPECT_THAT(reason(R"([2024-01-15] User said, "  ")"), HasSubstr("nothing is said"));
  EXPECT_THAT(reason("[2024-01-15] User said, \"a\rb\""), HasSubstr("line break"));
}

}  // namespace
}  // namespace synthv1
