// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_write.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1::json {
namespace {

using Layout = RecordReader::Layout;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

void drain(RecordReader& reader, std::vector<std::string>& out) {
  while (auto record = reader.next())
    out.push_back(*record ? write((*record)->value) : record->error().describe());
}

/// The records of `text`, written, or what is wrong with them; given in pieces of `piece` bytes.
std::vector<std::string> records(std::string_view text, std::size_t piece, Layout layout) {
  RecordReader reader(layout);
  std::vector<std::string> out;
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    reader.feed(text.substr(0, piece));
    drain(reader, out);
  }
  reader.finish();
  drain(reader, out);
  return out;
}

/// The same for all sizes of pieces, which must not matter.
std::vector<std::string> records(std::string_view text, Layout layout = Layout::automatic) {
  const std::vector<std::string> whole = records(text, text.size() + 1, layout);
  for (std::size_t piece = 1; piece <= text.size(); ++piece)
    EXPECT_EQ(records(text, piece, layout), whole) << piece;
  return whole;
}

TEST(RecordReader, TakesAnArrayApart) {
  EXPECT_THAT(records(" [ {\"a\": [1, \"今\\u4eca\"]} , 2.50,\n[3], \"x\", null]\n"),
              ElementsAre(R"({"a":[1,"今今"]})", "2.50", "[3]", R"("x")", "null"));
  EXPECT_THAT(records("[]"), IsEmpty());
  EXPECT_THAT(records("[[]]"), ElementsAre("[]"));
}

TEST(RecordReader, TakesOneObjectWhole) {
  EXPECT_THAT(records("{\"a\": 1}"), ElementsAre(R"({"a":1})"));
  EXPECT_THAT(records("{\n  \"a\": [\n 1, 2]\n}\n"), ElementsAre(R"({"a":[1,2]})"));
}

TEST(RecordReader, TakesLines) {
  const std::string_view text = "\n{\"a\": 1}\r\n\n{\"a\": 2}\n{\"a\": 3}";
  EXPECT_THAT(records(text), ElementsAre(R"({"a":1})", R"({"a":2})", R"({"a":3})"));
  EXPECT_THAT(records(text, Layout::lines), ElementsAre(R"({"a":1})", R"({"a":2})", R"({"a":3})"));
  EXPECT_THAT(records("", Layout::lines), IsEmpty());
  EXPECT_THAT(records("[1]\n[2]\n", Layout::lines), ElementsAre("[1]", "[2]"));
}

TEST(RecordReader, SaysWhichLineAndRecord) {
  RecordReader reader;
  reader.feed("{\"a\": 1}\n\n{\"a\": 2}\n");
  ASSERT_EQ(reader.next()->value().line, 1u);
  const Record second = reader.next()->value();
  EXPECT_EQ(second.index, 1u);
  EXPECT_EQ(second.line, 3u);
}

TEST(RecordReader, GoesOnAfterAFaultyLine) {
  EXPECT_THAT(records("{\"a\": 1}\n{\"a\": }\n{\"a\": 3}\n{\"a\""),
              ElementsAre(R"({"a":1})", "line 2, column 7: unexpected '}'", R"({"a":3})",
                          HasSubstr("line 4, column 5")));
}

TEST(RecordReader, StopsAtAFaultInADocument) {
  EXPECT_THAT(records("[1,\n2,\n3 4, 5]"), ElementsAre("1", "2", "3", HasSubstr("line 3, column 3")));
  EXPECT_THAT(records("[{\"a\": 1}, {\"b\": 2"), ElementsAre(R"({"a":1})", HasSubstr("ends before")));
  EXPECT_THAT(records("[1] x"), ElementsAre("1", HasSubstr("more text")));
  EXPECT_THAT(records("{\n\"a\": 1, \"a\": 2}"), ElementsAre(HasSubstr("line 2")));
  EXPECT_THAT(records(""), ElementsAre(HasSubstr("ends before")));
  EXPECT_THAT(records(" \n"), ElementsAre(HasSubstr("ends before")));
}

TEST(RecordReader, HoldsOneRecordAtATime) {
  RecordReader reader;
  const std::string record = "{\"text\":\"" + std::string(1000, 'x') + "\"}";
  reader.feed("[");
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(reader.next().has_value());
    reader.feed(record + ",");
    ASSERT_TRUE(reader.next().has_value()) << "a whole record is there at once";
  }
}

}  // namespace
}  // namespace synthv1::json
