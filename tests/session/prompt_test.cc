// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/json_parse.h"
#include "synthv1/session/session_prompt.h"
#include "synthv1/session/session_reply.h"
#include "tests/session/session_plans.h"

#include <algorithm>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const Catalogue& kCatalogue = default_catalogue();

std::string last_of(const ChatRequest& request) { return request.messages.back().content; }

ChatRequest first_request(const SessionPlan& plan) { return session_request(plan, kCatalogue, "{}", {}, {}); }

std::size_t count_of(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++count;
  return count;
}

TEST(SessionPrompt, EndsWithThePlan) {
  EXPECT_THAT(
      last_of(first_request(coffee_and_taxi())),
      EndsWith("\n\n```json\n"
               R"({"task":"session","date":"2024-01-15","language":"en","first_session":true,"min_turns":4,)"
               R"("max_turns":10,"scenes":[{"scene":"Dining","subscene":"Coffee"},)"
               R"({"scene":"Transportation","subscene":"Taxi"}]})"
               "\n```"));
}

TEST(SessionPrompt, ScenesAreIdentifiersInEveryLanguage) {
  const SessionPlan plan = plan_with({{"Dining", "Coffee"}}, 3, Language::chinese);
  EXPECT_THAT(last_of(first_request(plan)), HasSubstr(R"("language":"zh","first_session":false)"));
  EXPECT_THAT(last_of(first_request(plan)), HasSubstr(R"({"scene":"Dining","subscene":"Coffee"})"));
}

TEST(SessionPrompt, TheSystemMessageIsTheSameForEverySession) {
  for (const Language language : {Language::english, Language::chinese}) {
    const ChatRequest a = first_request(plan_with({{"Dining", "Coffee"}}, 0, language));
    const std::vector<SessionFault> faults = {{SessionFaultKind::no_transaction, "", ""}};
    const ChatRequest b = session_request(plan_with({{"Other", "Pet"}}, 7, language), kCatalogue, "{}",
                                          {.count = 1, .last = RefusalKind::faulty}, faults);
    ASSERT_EQ(a.messages.size(), 2U);
    EXPECT_EQ(a.messages[0].role, "system");
    EXPECT_EQ(a.messages[0].content, b.messages[0].content);
    EXPECT_NE(last_of(a), last_of(b));
  }
}

TEST(SessionPrompt, OnlyTheFirstSessionGreets) {
  EXPECT_THAT(last_of(first_request(plan_with({{"Dining", "Coffee"}}, 0))), HasSubstr("says hello"));
  EXPECT_THAT(last_of(first_request(plan_with({{"Dining", "Coffee"}}, 1))), HasSubstr("without a greeting"));
  EXPECT_THAT(last_of(first_request(plan_with({{"Dining", "Coffee"}}, 1, Language::chinese))),
              HasSubstr("不打招呼"));
}

TEST(SessionPrompt, ARetrySaysWhatWasWrongBeforeThePlan) {
  const std::vector<SessionFault> faults = {{SessionFaultKind::not_stated, "transactions[0]", "45.00"},
                                            {SessionFaultKind::unexplained_money, "turn 2", "¥30"}};
  const Refusals refusals{.count = 2, .last = RefusalKind::faulty, .what = "not told"};
  const ChatRequest request = session_request(coffee_and_taxi(), kCatalogue, "{}", refusals, faults);
  EXPECT_EQ(request.attempt, 2U);
  const std::string text = last_of(request);
  EXPECT_THAT(text, HasSubstr("\n- transactions[0]: no user turn states the amount 45.00 in digits\n"));
  EXPECT_THAT(text, HasSubstr("\n- dialogue[2]: the user says ¥30"));
  EXPECT_THAT(text, EndsWith("\n```"));
  EXPECT_LT(text.find("45.00"), text.find("```json"));
}

TEST(SessionPrompt, EveryFaultAndRefusalHasWordsInBothLanguages) {
  for (const Language language : {Language::english, Language::chinese}) {
    const SessionPlan plan = plan_with({{"Dining", "Coffee"}}, 0, language);
    for (std::size_t kind = 0; kind < std::size(kSessionFaultNames); ++kind) {
      const std::vector<SessionFault> faults = {{static_cast<SessionFaultKind>(kind), "turn 5", "WHAT"}};
      const std::string text =
          last_of(session_request(plan, kCatalogue, "{}", {.count = 1, .last = RefusalKind::faulty}, faults));
      EXPECT_THAT(text, Not(HasSubstr("{w"))) << kSessionFaultNames[kind];
      EXPECT_THAT(text, Not(HasSubstr("{faults}")));
    }
    for (const auto kind :
         {RefusalKind::cut_off, RefusalKind::empty, RefusalKind::thoughts, RefusalKind::whitespace,
          RefusalKind::repetition, RefusalKind::declined, RefusalKind::unfinished}) {
      EXPECT_THAT(last_of(session_request(plan, kCatalogue, "{}", {.count = 1, .last = kind}, {})),
                  HasSubstr("\n- "));
    }
  }
}

TEST(SessionPrompt, TextOfAReplyCannotOpenAFence) {
  const std::vector<SessionFault> faults(
      50, {SessionFaultKind::unknown_pair, "transactions[0]", "a\n```json\n{}" + std::string(500, 'x')});
  const std::string text = last_of(session_request(coffee_and_taxi(), kCatalogue, "{}",
                                                   {.count = 1, .last = RefusalKind::faulty}, faults));
  EXPECT_EQ(count_of(text, "```"), 2U);
  EXPECT_EQ(count_of(text, "\n- "), 10U);
}

TEST(SessionPrompt, RoomGrowsWithThePlan) {
  SessionPlan plan = coffee_and_taxi();
  const std::uint32_t tokens = first_request(plan).max_tokens;
  EXPECT_EQ(tokens, 160U * 10 + 80 * 2 + 512);
  plan.max_turns = 4'000'000'000;
  EXPECT_EQ(first_request(plan).max_tokens, 1'000'000U);
}

TEST(SessionSchema, IsAStrictSubset) {
  const auto schema = json::parse(session_schema(kCatalogue));
  ASSERT_TRUE(schema);
  const json::Value* items = schema->find("properties")->find("transactions")->find("items");
  EXPECT_EQ(items->find("additionalProperties")->as_bool(), false);
  EXPECT_EQ(items->find("required")->as_array()->size(), 4U);
  EXPECT_EQ(items->find("properties")->find("scene")->find("enum")->as_array()->size(), 8U);
  EXPECT_EQ(items->find("properties")->find("subscene")->find("enum")->as_array()->size(), 50U);
  EXPECT_EQ(schema->find("required")->as_array()->size(), 2U);
}

TEST(SessionSchema, LeavesOutNamesWhereThereAreTooMany) {
  Catalogue large = kCatalogue;
  for (int i = 0; i < 1000; ++i) {
    large.pairs.push_back(kCatalogue.pairs[0]);
    large.pairs.back().name = "Subscene " + std::to_string(i);
  }
  EXPECT_THAT(session_schema(large), Not(HasSubstr("Subscene 1")));
  EXPECT_TRUE(json::parse(session_schema(large)));
}

/// The example of the system prompt, as the model is to imitate it.
TEST(SessionPrompt, TheExampleIsAGoodReply) {
  for (const Language language : {Language::english, Language::chinese}) {
    const std::string& system = kCatalogue.prompt("session_system", language);
    const std::size_t from = system.find("{\"dialogue\"");
    ASSERT_NE(from, std::string::npos);
    const std::string example = system.substr(from, system.find('\n', from) - from);
    SessionPlan plan = plan_with({{"Dining", "Coffee"}}, 1, language);
    plan.min_turns = 2;
    const SessionReply reply = read_session_reply(example, "stop", plan, kCatalogue);
    EXPECT_TRUE(reply.good()) << (reply.faults.empty() ? "" : reply.faults[0].describe());
  }
}

}  // namespace
}  // namespace synthv1::test
