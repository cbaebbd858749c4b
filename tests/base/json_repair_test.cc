// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/json_repair.h"

#include "synthv1/base/file.h"
#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_write.h"
#include "synthv1/base/text.h"

#include <array>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1::json {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string names(const std::vector<Repair>& repairs) {
  std::vector<std::string_view> names;
  for (const Repair& repair : repairs) names.push_back(repair.name);
  return join(names, " ");
}

struct Case {
  std::string text;
  std::string json;     ///< what it is taken to mean; empty when nothing usable is in it
  std::string repairs;  ///< their names; for an error, a part of its message
};

void check_case(const Case& wanted, bool lossy) {
  SCOPED_TRACE(wanted.text.substr(0, 200));
  const Result<RepairOutcome> outcome = repair(wanted.text);
  ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
  const std::string json = write(outcome->value);
  EXPECT_EQ(json, wanted.json);
  EXPECT_EQ(names(outcome->repairs), wanted.repairs);
  EXPECT_EQ(outcome->lossy(), lossy);
  EXPECT_TRUE(parse(json).has_value());
  for (const Repair& repair : outcome->repairs) EXPECT_LE(repair.offset, wanted.text.size());
}

void check_lossless(const std::vector<Case>& cases) {
  for (const Case& wanted : cases) check_case(wanted, false);
}

void check_lossy(const std::vector<Case>& cases) {
  for (const Case& wanted : cases) check_case(wanted, true);
}

void check_refused(const std::vector<Case>& cases) {
  for (const Case& wanted : cases) {
    const Result<RepairOutcome> outcome = repair(wanted.text);
    ASSERT_FALSE(outcome.has_value()) << wanted.text.substr(0, 200) << " became " << write(outcome->value);
    EXPECT_EQ(outcome.error().kind, ErrorKind::faulty);
    EXPECT_THAT(outcome.error().message, HasSubstr(wanted.repairs));
  }
}

TEST(JsonRepair, LeavesJsonAlone) {
  for (const std::string text : {R"({"a": 1e5, "b": [" ``` </think> ", {}]})", "[]", "42", "null",
                                 R"("words")", R"("not {json")", R"("{\"a\": 1,}")"}) {
    check_lossless({{text, write(parse(text).value()), ""}});
  }
}

TEST(JsonRepair, T69TakesWhatFollowsTheReasoning) {
  check_lossless({
      {"<think>plan</think>{\"a\":1}", R"({"a":1})", "think_block"},
      {"<think>\n{\"x\":1}\n</think>\n\n{\"a\":1}", R"({"a":1})", "think_block"},
      {"if {x: \"...\n</think>\n{\"a\":1}", R"({"a":1})", "think_block"},
      {"{\"x\":1} looks right.</think>{\"a\":1}", R"({"a":1})", "think_block"},
      {"<think>a</think>b<think>c</think>```json\n{\"a\":1}\n```", R"({"a":1})", "think_block code_fence"},
      {"{\"a\":\"</think>\",}", R"({"a":"</think>"})", "trailing_comma"},
  });
  check_refused({
      {"<think>{\"x\":1} and so", "", "reasoning"},
      {"<think>{\"x\":1}</think>", "", "no JSON"},
      {"{\"x\":1}</think>", "", "no JSON"},
  });
}

TEST(JsonRepair, T71TakesOffWhatIsAround) {
  check_lossless({
      {"\xEF\xBB\xBF{\"a\":1}", R"({"a":1})", "byte_order_mark"},
      {"```json\n{\"a\":1}\n```", R"({"a":1})", "code_fence"},
      {"```\n[1]\n```\n", "[1]", "code_fence"},
      {"```json\n{\"a\":1}", R"({"a":1})", "code_fence"},
      {"Sure! {\"a\":1}", R"({"a":1})", "prose"},
      {"Here:\n```json\n{\"a\":1}\n```\nEnjoy {curly} [note].", R"({"a":1})", "code_fence prose prose"},
      {"callback({\"a\":1});", R"({"a":1})", "prose prose"},
      {"[2024-01-15] User said {\"a\":1}", R"({"a":1})", "prose"},
      {"Fill {} so: {\"a\":1}", R"({"a":1})", "prose prose prose"},
      {"{\"a\":1}\n\n{\"a\":1}", R"({"a":1})", "repeated_document"},
      {"\u00A0{\"a\":\u3000 1}", R"({"a":1})", "prose special_space"},
  });
}

TEST(JsonRepair, T71UnwrapsWhatIsEncodedTwice) {
  check_lossless({
      {R"("{\"a\": \"x\"}")", R"({"a":"x"})", "double_encoded"},
      {R"("\"{\\\"a\\\": 1}\"")", R"({"a":1})", "double_encoded double_encoded"},
      {R"({\"a\": \"x\\ny\", \"b\": [\"\u4eca\"]})", R"({"a":"x\ny","b":["今"]})", "escaped_document"},
      {"```json\n\"{\\\"a\\\": 1}\"\n```", R"({"a":1})", "code_fence escaped_document code_fence"},
  });
}

TEST(JsonRepair, T71ReadsDialectsOfJson) {
  check_lossless({
      {R"({"a":[1,2,],})", R"({"a":[1,2]})", "trailing_comma trailing_comma"},
      {R"({“a”: “b "c" d”})", R"({"a":"b \"c\" d"})", "smart_quotes smart_quotes"},
      {R"({'a': 'it\'s'})", R"({"a":"it's"})", "single_quotes single_quotes needless_escape"},
      {R"({`a`: 1})", R"({"a":1})", "smart_quotes"},
      {R"({a: 1, b_2: 2})", R"({"a":1,"b_2":2})", "unquoted_key unquoted_key"},
      {R"({"餐饮": 1, 交通: 2})", R"({"餐饮":1,"交通":2})", "unquoted_key"},
      {R"([True, False, None, TRUE])", "[true,false,null,true]",
       "python_literal python_literal python_literal python_literal"},
      {"[\"a\tb\nc\"]", R"(["a\tb\nc"])", "raw_control_character"},
      {"// one\n{\"a\": 1 /* two */, # three\n}", R"({"a":1})", "prose comment comment trailing_comma"},
      {"{\"a\"：1，\"b\":2}", R"({"a":1,"b":2})", "full_width_punctuation full_width_punctuation"},
      {"[+5, .5, 5., -.5e2]", "[5,0.5,5,-0.5e2]", "number_form number_form number_form number_form"},
  });
}

TEST(JsonRepair, T63ClosesWhatIsCutAndDropsWhatIsIncomplete) {
  check_lossy({
      {R"({"d":[{"r":"u","c":"x"},{"r":"u","c":"y)", R"({"d":[{"r":"u","c":"x"}]})", "truncated"},
      {R"({"d":[{"r":"u","c":"x"},{"r":"u")", R"({"d":[{"r":"u","c":"x"}]})", "truncated"},
      {R"({"d":[{"r":"u"},{"r":"a"})", R"({"d":[{"r":"u"},{"r":"a"}]})", "truncated"},
      {R"({"d":[{"r":"u"},)", R"({"d":[{"r":"u"}]})", "truncated"},
      {R"({"d":1,"t":[{"a":4)", R"({"d":1})", "truncated"},
      {R"({"d":[1],"t":)", R"({"d":[1]})", "truncated"},
      {R"({"d":[1],"t)", R"({"d":[1]})", "truncated"},
      {R"([1, 23)", "[1]", "truncated"},
      {R"([1, tr)", "[1]", "truncated"},
      {R"([[1,2],[3,4)", "[[1,2],[3]]", "truncated"},
      {R"({"a":{"b":1,"c":{"d)", R"({"a":{"b":1}})", "truncated"},
      {"```json\n{\"a\":[1,\n```", R"({"a":[1]})", "code_fence truncated"},
  });
  check_refused({
      {R"({"a": "hel)", "", "ends before"},
      {R"([{"a":1,"b":2)", "", "ends before"},
      {"{\"", "", "ends before"},
  });
}

TEST(JsonRepair, T71ChoosesAmongDocuments) {
  check_lossy({
      {R"({"a":1}{"a":2})", R"({"a":2})", "several_documents"},
      {"{\"a\":1}\n{\"a\":2}", R"({"a":2})", "several_documents"},
      {R"({"a":1} as in [1].)", R"({"a":1})", "prose several_documents prose"},
      {R"({"a":1} then {"a":2, "b)", R"({"a":1})", "prose several_documents"},
      {"{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n", R"([{"a":1},{"a":2},{"a":3}])", "joined_documents"},
      {"{\"id\":0},\n{\"id\":1}", R"([{"id":0},{"id":1}])", "joined_documents"},
      {"{\"a\":1}}", R"({"a":1})", "stray_text"},
      {"{\"a\":1}, \"b\": 2}", R"({"a":1})", "stray_text"},
      {"\"questions\": [1]", "[1]", "stray_text"},
  });
}

TEST(JsonRepair, T71GuessesWhatIsMissing) {
  check_lossy({
      {R"({"a":1 "b":2})", R"({"a":1,"b":2})", "missing_comma"},
      {R"([1 2])", "[1,2]", "missing_comma"},
      {"[\"a\"\n\"b\"]", R"(["a","b"])", "missing_comma"},
      {R"({"a" 1, "b" = 2})", R"({"a":1,"b":2})", "missing_colon missing_colon"},
      {R"({"a":,"b":2,"c"})", R"({"b":2})", "missing_value missing_value"},
      {R"({"a":[1,2})", R"({"a":[1,2]})", "missing_bracket"},
      {R"([{"a":1])", R"([{"a":1}])", "missing_bracket"},
      {R"({"a":"hello, "b":2})", R"({"a":"hello","b":2})", "missing_quote"},
      {"{\"a\":\"hello\n\"b\":2}", R"({"a":"hello","b":2})", "missing_quote missing_comma"},
      {R"({"a":hello there,"b":2})", R"({"a":"hello there","b":2})", "unquoted_string"},
      {R"({"a":"she said "hi" to me"})", R"({"a":"she said \"hi\" to me"})", "unescaped_quote"},
      {R"({"a":"she said "hi", then left","b":1})", R"({"a":"she said \"hi\", then left","b":1})",
       "unescaped_quote"},
      {R"({"a":"他说"你好"，走了","b":1})", R"({"a":"他说\"你好\"，走了","b":1})", "unescaped_quote"},
      {R"({"a":"x" + "y"})", R"({"a":"xy"})", "string_concatenation"},
  });
}

TEST(JsonRepair, T71DropsWhatBelongsNowhere) {
  check_lossy({
      {R"([1,,2])", "[1,2]", "extra_comma"},
      {R"({"a":[1]]})", R"({"a":[1]})", "extra_bracket"},
      {R"({"a":1; "b":2})", R"({"a":1,"b":2})", "stray_text missing_comma"},
      {R"({"a":1, oh well, "b":2})", R"({"a":1,"b":2})", "stray_text extra_comma"},
      {R"([1, 2, ...])", "[1,2]", "ellipsis trailing_comma"},
      {R"({"a":[1,2...]})", R"({"a":[1,2]})", "ellipsis"},
      {R"({"a":1,"a":2})", R"({"a":2})", "duplicate_key"},
  });
}

TEST(JsonRepair, T71ReadsNumbersThatAreNone) {
  check_lossy({
      {R"([NaN, -Infinity, undefined])", "[null,null,null]", "not_a_number not_a_number not_a_number"},
      {R"({"amount":1,234,567.50,"b":1})", R"({"amount":1234567.50,"b":1})", "thousands_comma"},
      {R"([007])", "[7]", "leading_zeros"},
      {R"([1e99999999999])", "[null]", "number_range"},
      {R"({"amount":¥45.5})", R"({"amount":"¥45.5"})", "unquoted_string"},
      {R"({"amount":45.5 yuan})", R"({"amount":"45.5 yuan"})", "unquoted_string"},
      {R"({"amount":45%})", R"({"amount":"45%"})", "unquoted_string"},
      {R"({"date":2024-01-15})", R"({"date":"2024-01-15"})", "unquoted_string"},
  });
}

TEST(JsonRepair, T72SurvivesWhatIsHostile) {
  check_lossy({
      {R"(["\ud83d", "\ude00x", "\ud83d\u0041"])", R"(["�","�x","�A"])",
       "lone_surrogate lone_surrogate lone_surrogate"},
      {"[\"a\xFF\"]", R"(["a�"])", "invalid_utf8"},
      {R"(["\q \x41 \u12"])", R"(["\\q \\x41 \\u12"])", "invalid_escape invalid_escape invalid_escape"},
  });
  check_lossless({
      {std::string("[\"a\0b\"]", 7), R"(["a\u0000b"])", "raw_control_character"},
      {R"(["\u0000",])", R"(["\u0000"])", "trailing_comma"},
      {"[" + std::string(1'000'000, '7') + ",]", "[" + std::string(1'000'000, '7') + "]", "trailing_comma"},
  });
  check_refused({
      {std::string(10'000, '['), "", "512 levels"},
      {std::string(10'000, '[') + std::string(10'000, ']'), "", "512 levels"},
      {"[1" + std::string(300'000, ','), "", "more than 100000 repairs"},
  });
}

TEST(JsonRepair, T74RefusesWhatHoldsNothing) {
  check_refused({
      {"", "", "empty"},
      {" \n\t", "", "empty"},
      {"I cannot help with that.", "", "I cannot help"},
      {"{curly} and [square]", "", "no JSON"},
      {"True", "", "no JSON"},
  });
  EXPECT_FALSE(repair("{\"a\":1}", {.bytes = 3}).has_value());
}

/// A reply with something of everything, cut at every byte and with every byte changed.
const std::string kReply =
    "<think>hm {x</think>Ok:\n```json\n{\"a\": [True, 'b', “c”, 1.50,], d: {\"e\": \"f\\u4eca \"g\" \n\"},"
    " \"h\" 2 /* i */ \"j\": NaN, ...}\n```\nDone. {\"k\": \"\\ud83d\"}";

void expect_strict(std::string_view text) {
  const Result<RepairOutcome> outcome = repair(text);
  if (!outcome) return;
  const std::string json = write(outcome->value);
  const std::expected<Value, ParseError> again = parse(json);
  ASSERT_TRUE(again.has_value() && *again == outcome->value) << text << " became " << json;
  EXPECT_THAT(repair(json)->repairs, IsEmpty()) << text;
}

TEST(JsonRepair, MakesStrictJsonThatNeedsNoRepair) {
  for (std::size_t at = 0; at <= kReply.size(); ++at) {
    expect_strict(kReply.substr(0, at));
    expect_strict(kReply.substr(at));
    for (const char c : std::string_view("{}[]\"'\\,:1 \n`/x\xE2")) {
      std::string changed = kReply.substr(0, at) + c + kReply.substr(std::min(at + 1, kReply.size()));
      expect_strict(changed);
    }
  }
}

TEST(JsonRepair, ReadsJsonInsideProseAsItIs) {
  const std::string text =
      R"({"":{"long key with \"quotes\", and : colons":[1,-2.5E+3,"x\n\"y\", \"z\": "]},"b":[[],{}]})";
  const Value value = parse(text).value();
  const RepairOutcome outcome = repair("Reply: " + text + " Done.").value();
  EXPECT_EQ(outcome.value, value);
  EXPECT_FALSE(outcome.lossy());
}

TEST(JsonRepair, IsDocumented) {
  const std::string page = read_file(SOURCE_DIR "/docs/formats/repair.md").value();
  for (const RepairKind& kind : repair_kinds()) {
    const std::string tier = kind.lossy ? "lossy" : "";
    EXPECT_THAT(page, HasSubstr(join(std::array<std::string, 3>{"| `" + std::string(kind.name) + "`", tier,
                                                                std::string(kind.meaning) + " |"},
                                     " | ")));
  }
}

TEST(JsonRepair, NamesEveryKindOnce) {
  std::set<std::string_view> names;
  bool lossy = false;
  for (const RepairKind& kind : repair_kinds()) {
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    EXPECT_GE(kind.lossy, lossy) << "lossless ones stand first";
    EXPECT_FALSE(kind.meaning.empty());
    lossy = kind.lossy;
  }
}

}  // namespace
}  // namespace synthv1::json
