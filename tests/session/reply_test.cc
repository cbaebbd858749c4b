// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/json_parse.h"
#include "synthv1/session/session_prompt.h"
#include "synthv1/session/session_reply.h"
#include "tests/session/session_plans.h"
#include "tests/support/openai_endpoint.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Catalogue& kCatalogue = default_catalogue();

SessionReply read(std::string_view text, const SessionPlan& plan = plan_with({{"Dining", "Coffee"}}, 1),
                  std::string_view finish_reason = "stop") {
  return read_session_reply(text, finish_reason, plan, kCatalogue);
}

std::vector<std::string> faults_of(const SessionReply& reply) {
  std::vector<std::string> texts;
  for (const SessionFault& fault : reply.faults) texts.push_back(fault.describe());
  return texts;
}

/// A good reply whose one transaction is `transaction` and whose first user turn says `said`.
std::string reply_with(std::string_view transaction, std::string_view said = "Coffee was 28.5") {
  return fmt::format(
      R"({{"dialogue":[{{"role":"user","content":"{}"}},{{"role":"assistant","content":"ok"}},)"
      R"({{"role":"user","content":"bye"}},{{"role":"assistant","content":"bye"}}],)"
      R"("transactions":[{}]}})",
      said, transaction);
}
std::string amount(std::string_view json) {
  return fmt::format(R"({{"scene":"Dining","subscene":"Coffee","amount":{},"description":"latte"}})", json);
}
std::string good() { return reply_with(amount("28.5")); }

TEST(SessionReply, ReadsAGoodReply) {
  const SessionReply reply = read(good());
  ASSERT_TRUE(reply.good()) << faults_of(reply)[0];
  const Session& session = *reply.session;
  ASSERT_EQ(session.turns.size(), 4U);
  EXPECT_EQ(session.turns[0].role, Role::user);
  EXPECT_EQ(session.turns[0].content, "Coffee was 28.5");
  ASSERT_EQ(session.transactions.size(), 1U);
  EXPECT_EQ(session.transactions[0].amount, Money::from_minor(2850));
  EXPECT_EQ(session.transactions[0].session_index, 1U);
  EXPECT_EQ(session.transactions[0].turn, 0U);
  EXPECT_EQ(format_date(session.transactions[0].date), "2024-01-15");
  EXPECT_THAT(session.imperfections, IsEmpty());
}

TEST(SessionReply, EverySlipIsFound) {
  const std::vector<std::pair<Slip, SessionFaultKind>> rows = {
      {Slip::prose, SessionFaultKind::no_json},
      {Slip::empty_turn, SessionFaultKind::bad_field},
      {Slip::bad_role, SessionFaultKind::bad_role},
      {Slip::no_transactions, SessionFaultKind::no_transaction},
      {Slip::negative_amount, SessionFaultKind::bad_amount},
      {Slip::unknown_scene, SessionFaultKind::unknown_pair},
      {Slip::not_stated, SessionFaultKind::not_stated},
      {Slip::unexplained_money, SessionFaultKind::unexplained_money},
      {Slip::turn_missing, SessionFaultKind::turn_count},
      {Slip::pair_missing, SessionFaultKind::pair_missing},
      {Slip::pair_unrequested, SessionFaultKind::pair_missing},
      {Slip::other_date, SessionFaultKind::other_date},
  };
  for (const Language language : {Language::english, Language::chinese}) {
    const SessionPlan plan = plan_with({{"Dining", "Coffee"}, {"Transportation", "Taxi"}}, 0, language);
    const json::Value asked = json::parse(session_plan_json(plan, kCatalogue)).value();
    const SessionReply right = read(session_content(asked), plan);
    EXPECT_TRUE(right.good()) << faults_of(right)[0];
    for (const auto& [slip, kind] : rows) {
      const SessionReply reply = read(session_content(asked, slip), plan);
      ASSERT_FALSE(reply.faults.empty()) << static_cast<int>(slip);
      EXPECT_EQ(reply.faults[0].kind, kind) << reply.faults[0].describe();
      EXPECT_EQ(reply.session.has_value(), reply.faults[0].soft()) << static_cast<int>(slip);
    }
  }
}

TEST(SessionReply, AmountsAreExact) {
  for (const char* text : {"28.5", "28.50", "2.85E1", "2850e-2", "\"28.50\"", "\" 28.5 \"", "28.500"}) {
    const SessionReply reply = read(reply_with(amount(text)));
    ASSERT_TRUE(reply.good()) << text << faults_of(reply)[0];
    EXPECT_EQ(reply.session->transactions[0].amount, Money::from_minor(2850)) << text;
  }
  for (const char* text : {"0", "-28.5", "28.505", "\"28.5 yuan\"", "\"¥28.5\"", "\"1,280\"", "\"\"", "null",
                           "true", "[28.5]", "{}", "1e400", "99999999999999999999", "\"NaN\""}) {
    const SessionReply reply = read(reply_with(amount(text)));
    ASSERT_FALSE(reply.session) << text;
    EXPECT_EQ(reply.faults[0].kind, SessionFaultKind::bad_amount) << text;
  }
}

TEST(SessionReply, T72NumbersOfAMillionDigitsAreRefused) {
  EXPECT_EQ(read(reply_with(amount(std::string(1'000'000, '9')))).faults[0].kind,
            SessionFaultKind::bad_amount);
}

TEST(SessionReply, ScenesAreFolded) {
  for (const char* names : {R"("dining","subscene":"COFFEE")", R"("餐饮","subscene":"咖啡")",
                            R"(" Dining ","subscene":"Cafe")"}) {
    const std::string transaction =
        fmt::format(R"({{"scene":{},"amount":28.5,"description":"latte"}})", names);
    EXPECT_TRUE(read(reply_with(transaction)).good()) << names;
  }
}

TEST(SessionReply, LineBreaksInATurnBecomeASpace) {
  const SessionReply reply = read(reply_with(amount("28.5"), R"(Coffee\r\n\r\nwas\u202828.5\u0000\t!\n)"));
  ASSERT_TRUE(reply.good());
  EXPECT_EQ(reply.session->turns[0].content, "Coffee was 28.5 !");
}

TEST(SessionReply, FieldsMustBeThereAndText) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {R"({"transactions":[]})", "bad_field: dialogue: is missing or no list of turns"},
      {R"({"dialogue":[],"transactions":[]})", "bad_field: dialogue: is missing or no list of turns"},
      {R"({"dialogue":"hi","transactions":[]})", "bad_field: dialogue: is missing or no list of turns"},
      {R"({"dialogue":[{"role":"user"}],"transactions":[]})", "bad_field: dialogue[0].content: is missing"},
      {R"({"dialogue":[{"role":"user","content":7}],"transactions":[]})",
       "bad_field: dialogue[0].content: is not text"},
      {R"({"dialogue":[{"role":"user","content":"\n"}],"transactions":[]})",
       "bad_field: dialogue[0].content: is empty"},
      {R"({"dialogue":[7],"transactions":[]})", "bad_field: dialogue[0].role: is missing"},
      {R"({"dialogue":[{"role":"User","content":"x"}]})", "bad_field: transactions: is missing or no list"},
      {R"({"dialogue":[{"role":"system","content":"x"}],"transactions":[]})", "bad_role: turn 0: system"},
      {R"({"dialogue":[{"role":"user","content":"x"}],"transactions":[7]})",
       "bad_field: transactions[0].scene: is missing"},
      {R"({"dialogue":[{"role":"user","content":"x"}],"transactions":[{"scene":"Dining","subscene":"Coffee","amount":1}]})",
       "bad_field: transactions[0].description: is missing"},
      {R"({"dialogue":[{"role":"user","content":"x"}],"transactions":[{"scene":"Dining","subscene":"Coffee","description":"d"}]})",
       "bad_field: transactions[0].amount: is missing"},
  };
  for (const auto& [text, fault] : rows) {
    const SessionReply reply = read(text);
    EXPECT_FALSE(reply.session) << text;
    EXPECT_EQ(faults_of(reply)[0], fault) << text;
  }
}

TEST(SessionReply, AFewFaultsAreEnough) {
  std::string turns = "7";
  for (int i = 0; i < 1000; ++i) turns += ",7";
  EXPECT_EQ(read(R"({"dialogue":[)" + turns + R"(],"transactions":[]})").faults.size(), 20U);
}

TEST(SessionReply, T69T71LosslessRepairsAreAccepted) {
  const std::string text = good();
  std::string trailing_comma = text;
  trailing_comma.insert(trailing_comma.size() - 2, ",");
  for (const std::string& reply :
       {"```json\n" + text + "\n```", "<think>so {\"x\":1} then</think>\n" + text, "</think>" + text,
        "\xEF\xBB\xBF" + text, "Here you are:\n" + text + "\nEnjoy!", trailing_comma, "[" + text + "]",
        text + "\n" + text}) {
    const SessionReply read_reply = read(reply, plan_with({{"Dining", "Coffee"}}, 1), "");
    ASSERT_TRUE(read_reply.good()) << reply << faults_of(read_reply)[0];
    EXPECT_THAT(read_reply.session->imperfections, IsEmpty()) << reply;
  }
}

TEST(SessionReply, T63T71LossyRepairsAreNamedOrRefused) {
  std::string text = good();
  text.resize(text.size() - 1);
  const SessionReply accepted = read(text);
  ASSERT_TRUE(accepted.session);
  EXPECT_THAT(accepted.session->imperfections, ElementsAre("lossy_repair: truncated"));
  for (const char* end : {"", "length", "eos"}) {
    const SessionReply refused = read(text, plan_with({{"Dining", "Coffee"}}, 1), end);
    EXPECT_FALSE(refused.session) << end;
    EXPECT_EQ(refused.faults[0].kind, SessionFaultKind::no_json);
  }
}

TEST(SessionReply, T63T64T69NothingUsable) {
  for (const std::string& text :
       {std::string("{\n\n\n\n"), std::string("<think>never ends {\"a\":1"), std::string("no"),
        std::string("[1,2]"), std::string("\"text\""), std::string("null"), std::string(),
        std::string(100'000, '['), std::string(100'000, '\n')}) {
    const SessionReply reply = read(text);
    EXPECT_FALSE(reply.session) << text.substr(0, 40);
    ASSERT_FALSE(reply.faults.empty());
  }
}

TEST(SessionReply, T73ExtraKeysAreIgnored) {
  std::string text = good();
  text.insert(1, R"("title":"x","total":99.5,)");
  EXPECT_TRUE(read(text).good());
}

TEST(SessionReply, TransactionsStandInTheOrderTold) {
  const std::string text =
      R"({"dialogue":[{"role":"user","content":"Coffee 28.5"},{"role":"assistant","content":"ok"},)"
      R"({"role":"user","content":"Taxi 31"},{"role":"assistant","content":"ok"}],"transactions":[)"
      R"({"scene":"Transportation","subscene":"Taxi","amount":31,"description":"cab"},)"
      R"({"scene":"Dining","subscene":"Coffee","amount":28.5,"description":"latte"}]})";
  const SessionReply reply = read(text, coffee_and_taxi());
  ASSERT_TRUE(reply.good());
  EXPECT_EQ(reply.session->transactions[0].description, "latte");
  EXPECT_EQ(reply.session->transactions[1].turn, 2U);
}

}  // namespace
}  // namespace synthv1::test
