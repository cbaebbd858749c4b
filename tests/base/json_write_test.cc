// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/json_write.h"

#include "synthv1/base/json_parse.h"

#include <gtest/gtest.h>

namespace synthv1::json {
namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_string(out, text);
  return out;
}

TEST(JsonWrite, EscapesWhatJsonDemandsAndNothingElse) {
  EXPECT_EQ(quoted(""), R"("")");
  EXPECT_EQ(quoted("a/b 今天 😀 \x7F"), "\"a/b 今天 😀 \x7F\"");
  EXPECT_EQ(quoted("\"\\\b\f\n\r\t"), R"("\"\\\b\f\n\r\t")");
  EXPECT_EQ(quoted(std::string_view("\0\x01\x1F", 3)), R"("\u0000\u0001\u001f")");
}

TEST(JsonWrite, FindsSpecialBytesAtEveryPlace) {
  for (const char special : {'"', '\\', '\0', '\n', '\x1F'}) {
    for (std::size_t at = 0; at < 40; ++at) {
      std::string text(40, '\x80');
      text[at] = special;
      EXPECT_EQ(plain_prefix(text), at);
    }
  }
  EXPECT_EQ(plain_prefix("!#[]~\x7F\x80\xFF !#[]~\x7F\x80\xFF"), 17u);
  EXPECT_EQ(unquoted_prefix("it is \"so\" 'x", '\''), 11u);
  EXPECT_EQ(unquoted_prefix("it is \\'x", '\''), 6u);
}

TEST(JsonWrite, WritesCompactly) {
  std::string out;
  Writer writer(out);
  writer.begin_object().key("a").begin_array().integer(-1).number("45.50").boolean(false).null().end_array();
  writer.key("b\"").begin_object().end_object().key("c").raw("[1, 2]").key("d").string("x\n").end_object();
  EXPECT_EQ(out, R"({"a":[-1,45.50,false,null],"b\"":{},"c":[1, 2],"d":"x\n"})");
}

TEST(JsonWrite, WritesPrettily) {
  const Value value = parse(R"({"a":[1,{"b":null}],"c":[],"d":{}})").value();
  EXPECT_EQ(write(value, Writer::Style::pretty), R"({
  "a": [
    1,
    {
      "b": null
    }
  ],
  "c": [],
  "d": {}
})");
}

TEST(JsonWrite, KeepsTheTextOfNumbers) {
  const std::string text = R"([45.5,45.50,1E+2,-0,123456789012345678901234567890.10])";
  EXPECT_EQ(write(parse(text).value()), text);
}

}  // namespace
}  // namespace synthv1::json
