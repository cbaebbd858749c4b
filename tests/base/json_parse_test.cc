// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/json_parse.h"

#include "synthv1/base/json_write.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1::json {
namespace {

using testing::HasSubstr;

std::string nested(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

TEST(JsonParse, ReadsEveryKindOfValue) {
  const std::string text =
      R"({"null":null,"yes":true,"no":false,"zero":-0.0e-10,"text":"a\"\\\/\b\f\n\r\t\u4eca\ud83d\ude00","list":[[],{}]})";
  const Value value = parse(" \t\r\n" + text + "\n").value();
  EXPECT_EQ(value.find("zero")->as_number(), "-0.0e-10");
  EXPECT_EQ(value.find("text")->as_string(), "a\"\\/\b\f\n\r\t今😀");
  EXPECT_EQ(parse(write(value)).value(), value);
}

TEST(JsonParse, RefusesWhatIsNotJson) {
  const struct {
    std::string text;
    std::string message;
  } cases[] = {
      {"", "ends before"},
      {"  ", "ends before"},
      {"{\"a\": ", "ends before"},
      {"{\"a\": 1} x", "more text"},
      {"{\"a\": 1}{", "more text"},
      {"[1,]", "unexpected ']'"},
      {"{a: 1}", "unexpected 'a'"},
      {"[01]", "unexpected '1'"},
      {"[+1]", "unexpected '+'"},
      {"[NaN]", "unexpected 'N'"},
      {"[\"a\nb\"]", "control character (0x0a)"},
      {"[\"\\x\"]", "unexpected 'x'"},
      {"\xEF\xBB\xBF{}", "byte order mark"},
      {"[1e99999999999]", "exponent"},
      {"// x\n1", "unexpected '/'"},
  };
  for (const auto& [text, message] : cases) {
    const std::expected<Value, ParseError> value = parse(text);
    ASSERT_FALSE(value.has_value()) << text;
    EXPECT_THAT(value.error().message, HasSubstr(message)) << text;
  }
}

TEST(JsonParse, T72RefusesSurrogatesDuplicateKeysAndInvalidUtf8) {
  EXPECT_THAT(parse(R"(["\ude00 x"])").error().message, HasSubstr("surrogate"));
  EXPECT_FALSE(parse(R"(["\ud83d"])").has_value());
  EXPECT_FALSE(parse(R"(["\ud83d\u0041"])").has_value());
  EXPECT_THAT(parse(R"({"a": 1, "b": 2, "a": 3})").error().message, HasSubstr("\"a\""));
  EXPECT_THAT(parse("[\"a\xFF\"]").error().message, HasSubstr("invalid UTF-8"));
  EXPECT_THAT(parse("{\"\xED\xA0\x80\": 1}").error().message, HasSubstr("invalid UTF-8"));
  EXPECT_FALSE(parse("\xFF").has_value());
}

TEST(JsonParse, T72ReadsNulAndNumbersOfAnyLength) {
  EXPECT_EQ(parse(R"("a\u0000b")").value().as_string(), std::string_view("a\0b", 3));
  EXPECT_FALSE(parse(std::string_view("\"a\0b\"", 5)).has_value());
  const std::string digits(1'000'000, '7');
  EXPECT_EQ(parse(digits).value().as_number(), digits);
}

TEST(JsonParse, T72CapsTheDepth) {
  EXPECT_TRUE(parse(nested(kMaxDepth)).has_value());
  EXPECT_THAT(parse(nested(kMaxDepth + 1)).error().message, HasSubstr("512 levels"));
  EXPECT_FALSE(parse(nested(10'000)).has_value());
  EXPECT_FALSE(parse(std::string(10'000'000, '[')).has_value());
}

TEST(JsonParse, SaysWhere) {
  const ParseError error = parse("{\n  \"a\": 1,\n  \"b\": x\n}").error();
  EXPECT_EQ(error.offset, 19u);
  EXPECT_EQ(error.describe(), "line 3, column 8: unexpected 'x'");
  EXPECT_EQ(parse("[1").error().describe(), "line 1, column 3: the text ends before the value does");
}

}  // namespace
}  // namespace synthv1::json
