// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/refusal.h"

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

ChatReply reply_of(std::string content, std::string finish_reason = "stop") {
  return {.content = std::move(content), .finish_reason = std::move(finish_reason), .model = "", .usage = {}};
}

Refusals after(std::vector<RefusalKind> kinds) {
  Refusals refusals;
  for (const RefusalKind kind : kinds) refusals.add({kind, "wrong"});
  return refusals;
}

ChatRequest cured(std::vector<RefusalKind> kinds) {
  ChatRequest request{.schema_name = "s", .schema = "{}", .max_tokens = 1000};
  cure(after(std::move(kinds)), request);
  return request;
}

TEST(RefusalOf, NamesTheClassByTheEnd) {
  EXPECT_EQ(refusal_of(reply_of("{}")).kind, RefusalKind::none);
  EXPECT_EQ(refusal_of(reply_of("{}", "")).kind, RefusalKind::none);
  EXPECT_EQ(refusal_of(reply_of(" \n")).kind, RefusalKind::empty);
  EXPECT_EQ(refusal_of(reply_of("{}", "length")).kind, RefusalKind::cut_off) << "never a cut dialogue, T62";
  EXPECT_EQ(refusal_of(reply_of("{}", "repetition")).kind, RefusalKind::repetition);
  EXPECT_EQ(refusal_of(reply_of("No.", "refusal")).kind, RefusalKind::declined);
  EXPECT_EQ(refusal_of(reply_of("{}", "content_filter")).kind, RefusalKind::declined);
  EXPECT_EQ(refusal_of(reply_of("", "thoughts")).kind, RefusalKind::thoughts);
  EXPECT_EQ(refusal_of(reply_of("{}", "tool_calls")).kind, RefusalKind::unfinished);
}

TEST(LoopIn, T64FindsWhiteSpaceWithoutEnd) {
  const std::string start = R"({"dialogue": [)";
  EXPECT_EQ(loop_in(start + std::string(300, '\n')), RefusalKind::whitespace);
  EXPECT_EQ(loop_in(start + std::string(300, ' ') + "]}"), RefusalKind::whitespace);
  EXPECT_EQ(loop_in(start + std::string(40, ' ') + "]}"), RefusalKind::none) << "indentation";
  std::string indented;
  for (int i = 0; i < 100; ++i) indented += "\n        \"turn " + std::to_string(i) + "\",";
  EXPECT_EQ(loop_in(indented), RefusalKind::none);
}

TEST(LoopIn, T65FindsWhatRepeatsItself) {
  std::string text = R"({"dialogue": [)";
  for (int i = 0; i < 60; ++i) text += R"({"role":"user","content":"Lunch was 45.50."},)";
  EXPECT_EQ(loop_in(text), RefusalKind::repetition);
  EXPECT_EQ(loop_in(text + R"({"role":"us)"), RefusalKind::repetition) << "cut off anywhere";
  EXPECT_EQ(loop_in("午饭" + std::string(500, '!')), RefusalKind::repetition);
  std::string varied;
  for (int i = 0; i < 60; ++i) varied += "Turn " + std::to_string(i * i) + " said so. ";
  EXPECT_EQ(loop_in(varied), RefusalKind::none);
  EXPECT_EQ(loop_in(""), RefusalKind::none);
}

TEST(Cure, MoreTokensWhereTheyRanOut) {
  using enum RefusalKind;
  EXPECT_EQ(cured({}).max_tokens, 1000U);
  EXPECT_EQ(cured({faulty}).max_tokens, 1000U);
  EXPECT_EQ(cured({cut_off}).max_tokens, 2000U);
  EXPECT_EQ(cured({cut_off, faulty}).max_tokens, 2000U) << "the longer room is kept";
  EXPECT_EQ(cured({cut_off, thoughts}).max_tokens, 4000U);
  EXPECT_EQ(cured({cut_off, cut_off, cut_off, cut_off, cut_off}).max_tokens, 8000U);
  EXPECT_EQ(cured({whitespace}).max_tokens, 1000U) << "more of it would only cost more";
}

TEST(Cure, NoGrammarWhereItLedIntoNothing) {
  using enum RefusalKind;
  EXPECT_FALSE(cured({}).no_grammar);
  EXPECT_TRUE(cured({whitespace}).no_grammar);
  EXPECT_FALSE(cured({whitespace, faulty}).no_grammar);
  EXPECT_FALSE(cured({empty}).no_grammar);
  EXPECT_TRUE(cured({empty, empty}).no_grammar);
}

TEST(Cure, APenaltyOnRepetition) {
  using enum RefusalKind;
  EXPECT_EQ(cured({repetition}).frequency_penalty, 0.5);
  EXPECT_EQ(cured({repetition, faulty}).frequency_penalty, 0);
}

TEST(Refusals, CountsWhatCameInARow) {
  using enum RefusalKind;
  const Refusals refusals = after({empty, cut_off, cut_off});
  EXPECT_EQ(refusals.count, 3U);
  EXPECT_EQ(refusals.in_a_row, 2U);
  EXPECT_EQ(refusals.cut_offs, 2U);
  EXPECT_EQ(refusals.last, cut_off);
}

}  // namespace
}  // namespace synthv1
