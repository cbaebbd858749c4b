// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/check.h"

#include "tests/session/session_plans.h"

#include <functional>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

PairId pair_of(const char* scene, const char* subscene) {
  return default_catalogue().find_pair(scene, subscene).value();
}

/// A session of coffee_and_taxi() without a fault.
Session good() {
  Session session;
  session.turns = {{Role::user, "Hi! A latte first: 28.5 yuan."},
                   {Role::assistant, "Noted, 28.50."},
                   {Role::user, "And a taxi home, 33."},
                   {Role::assistant, "Noted, that makes 61.50 with 2023-01-01 as the start."}};
  const Date day = coffee_and_taxi().date;
  session.transactions = {{.date = day,
                           .pair = pair_of("Dining", "Coffee"),
                           .amount = Money::from_minor(2850),
                           .description = "latte"},
                          {.date = day,
                           .pair = pair_of("Transportation", "Taxi"),
                           .amount = Money::from_minor(3300),
                           .description = "taxi"}};
  return session;
}

std::vector<std::string> faults_of(const SessionPlan& plan, Session session) {
  std::vector<std::string> texts;
  for (const SessionFault& fault : check_session(plan, session, default_catalogue()))
    texts.push_back(fault.describe());
  return texts;
}

TEST(CheckSession, AGoodSessionHasNoFaultAndItsTurns) {
  Session session = good();
  EXPECT_THAT(check_session(coffee_and_taxi(), session, default_catalogue()), IsEmpty());
  EXPECT_EQ(session.transactions[0].turn, 0U);
  EXPECT_EQ(session.transactions[1].turn, 2U);
}

struct Case {
  std::string fault;  ///< as described; empty: none
  std::function<void(SessionPlan&, Session&)> change;
};

void say(Session& session, std::size_t turn, std::string_view text) { session.turns[turn].content += text; }

const Case kAlone[] = {
    {"no_transaction",
     [](auto& plan, auto& session) {
       plan.pairs.clear();
       session.transactions.clear();
       session.turns[0].content = "Nothing today.";
     }},
    {"bad_amount: transactions[1]: 0.00",
     [](auto&, auto& session) {
       session.transactions[1].amount = Money{};
       session.turns[2].content = "The taxi was free, 0 for me.";
     }},
    {"not_stated: transactions[1]: 33.00",
     [](auto&, auto& session) { session.turns[2].content = "And a taxi home, thirty-three."; }},
    {"not_stated: transactions[1]: 28.50",
     [](auto&, auto& session) {
       session.transactions[1].amount = Money::from_minor(2850);
       session.turns[2].content = "The taxi was the same.";
     }},
    {"not_stated: transactions[1]: 45.50",
     [](auto&, auto& session) {
       session.transactions[1].amount = Money::from_minor(4550);
       session.turns[2].content = "打车45块5";
     }},
    {"unexplained_money: turn 2: 99", [](auto&, auto& session) { say(session, 2, " I have 99 yuan left."); }},
    {"unexplained_money: turn 0: 7.25", [](auto&, auto& session) { say(session, 0, " Tip 7.25."); }},
    {"unexplained_money: turn 2: ９９", [](auto&, auto& session) { say(session, 2, " 还剩９９元。"); }},
    {"unexplained_money: turn 2: 12块5", [](auto&, auto& session) { say(session, 2, " 找了12块5。"); }},
    {"turn_count: 3 turns, not 4 to 10", [](auto&, auto& session) { session.turns.pop_back(); }},
    {"turn_count: 11 turns, not 4 to 10",
     [](auto&, auto& session) { session.turns.resize(11, {Role::assistant, "Ok."}); }},
    {"pair_missing: Entertainment/KTV",
     [](auto& plan, auto&) { plan.pairs.push_back(pair_of("Entertainment", "KTV")); }},
    {"pair_unrequested: transactions[1]: Transportation/Taxi",
     [](auto& plan, auto&) { plan.pairs.pop_back(); }},
    {"other_date: turn 2: 2024-01-14", [](auto&, auto& session) { say(session, 2, " As on 2024-01-14."); }},
    {"other_date: turn 0: Jan 16, 2024", [](auto&, auto& session) { say(session, 0, " Due Jan 16, 2024."); }},
    {"other_date: turn 0: 2023年1月15日",
     [](auto&, auto& session) { say(session, 0, "2023年1月15日也来过。"); }},
    // What is none.
    {"", [](auto&, auto& session) { say(session, 2, " All on 2024-01-15, January 15th, 2024, at 12:30."); }},
    {"", [](auto&, auto& session) { say(session, 2, " 61.50 yuan in all."); }},
    {"", [](auto&, auto& session) { say(session, 0, " Yes, 28.50 yuan for 2 cups in 5 minutes."); }},
    {"", [](auto&, auto& session) { say(session, 1, " You have 99 yuan left, as on 2024-01-14."); }},
    {"", [](auto&, auto& session) { say(session, 2, " See you in January 2024, or on February 30, 2024."); }},
    {"",
     [](auto&, auto& session) {
       session.transactions[1].amount = Money::from_minor(128000);
       session.turns[2].content = "A taxi to Shanghai, ¥1,280!";
     }},
    {"",
     [](auto&, auto& session) {
       session.transactions[1].amount = Money::from_minor(4550);
       session.turns[2].content = "打车４５．５元";
     }},
    {"",
     [](auto&, auto& session) {
       session.transactions[1].amount = Money::from_minor(2850);
       session.turns[2].content = "The taxi was 28.5 too.";
     }},
    {"", [](auto&, auto& session) { session.turns.resize(10, {Role::user, "Fine."}); }},
    {"",
     [](auto&, auto& session) {
       session.transactions.push_back(session.transactions[0]);
       say(session, 2, " One more latte, 28.5.");
     }},
};

TEST(CheckSession, EachFaultAlone) {
  for (const Case& each : kAlone) {
    SessionPlan plan = coffee_and_taxi();
    Session session = good();
    each.change(plan, session);
    const auto faults = faults_of(plan, session);
    if (each.fault.empty()) {
      EXPECT_THAT(faults, IsEmpty()) << session.turns[2].content;
    } else {
      EXPECT_THAT(faults, ElementsAre(each.fault));
    }
  }
}

TEST(CheckSession, HardFaultsComeFirst) {
  SessionPlan plan = coffee_and_taxi();
  plan.min_turns = 5;
  plan.pairs.back() = pair_of("Other", "Pet");
  Session session = good();
  session.turns[2].content = "Taxi on 2024-01-14, and 5 yuan.";
  EXPECT_THAT(faults_of(plan, session),
              ElementsAre("not_stated: transactions[1]: 33.00", "unexplained_money: turn 2: 5",
                          "turn_count: 4 turns, not 5 to 10", "pair_missing: Other/Pet",
                          "pair_unrequested: transactions[1]: Transportation/Taxi",
                          "other_date: turn 2: 2024-01-14"));
}

TEST(CheckSession, EveryOccurrenceIsAFault) {
  Session session = good();
  say(session, 0, " 1 yuan, 2 yuan; 2020-01-01, 2020-01-02.");
  EXPECT_THAT(faults_of(coffee_and_taxi(), session),
              ElementsAre("unexplained_money: turn 0: 1", "unexplained_money: turn 0: 2",
                          "other_date: turn 0: 2020-01-01", "other_date: turn 0: 2020-01-02"));
}

TEST(CheckSession, AnEmptySessionIsRefused) {
  EXPECT_THAT(faults_of(coffee_and_taxi(), {}),
              ElementsAre("no_transaction", "turn_count: 0 turns, not 4 to 10", "pair_missing: Dining/Coffee",
                          "pair_missing: Transportation/Taxi"));
}

TEST(SessionFault, SoftOnesAreTheLastFour) {
  std::vector<std::string_view> soft;
  for (std::size_t i = 0; i < std::size(kSessionFaultNames); ++i) {
    if (SessionFault{.kind = static_cast<SessionFaultKind>(i)}.soft()) soft.push_back(kSessionFaultNames[i]);
  }
  EXPECT_THAT(soft, ElementsAre("turn_count", "pair_missing", "pair_unrequested", "other_date"));
}

TEST(SessionFault, IsDescribedOnOneLine) {
  const SessionFault fault{.kind = SessionFaultKind::bad_role, .where = "turn 1", .what = "sys\ntem"};
  EXPECT_EQ(fault.describe(), "bad_role: turn 1: sys tem");
  EXPECT_EQ(SessionFault{.kind = SessionFaultKind::no_json}.describe(), "no_json");
}

}  // namespace
}  // namespace synthv1::test
