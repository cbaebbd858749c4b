// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/model_writer.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/model/admission.h"
#include "synthv1/model/openai_endpoint.h"
#include "synthv1/session/session_prompt.h"
#include "tests/model/scripted_model.h"
#include "tests/session/session_plans.h"
#include "tests/support/openai_endpoint.h"
#include "tests/support/run_coroutine.h"
#include "tests/support/test_clock.h"

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Writes the session of one plan with a model that makes these slips, one a reply, the last for ever.
class Writer : public ::testing::Test {
 protected:
  Result<Session> write(const std::vector<Slip>& slips, ModelWriterOptions options = {}) {
    std::vector<CallResult> results;
    for (const Slip slip : slips) results.push_back(replied(session_content(asked_, slip)));
    return write_with(std::move(results), options);
  }
  Result<Session> write_with(std::vector<CallResult> results, ModelWriterOptions options = {}) {
    model_.emplace(std::move(results));
    ModelWriter writer(default_catalogue(), *model_, run_, options);
    return run_coroutine(io_, writer.write(plan_));
  }
  std::size_t calls() const { return model_->requests.size(); }

  asio::io_context io_;
  TestClock clock_;
  RunState run_{clock_};
  SessionPlan plan_ = coffee_and_taxi();
  json::Value asked_ = json::parse(session_plan_json(plan_, default_catalogue())).value();
  std::optional<ScriptedModel> model_;
};

TEST_F(Writer, TakesAGoodReply) {
  const auto session = write({Slip::none});
  ASSERT_TRUE(session);
  EXPECT_EQ(session->transactions.size(), 2U);
  EXPECT_THAT(session->imperfections, IsEmpty());
  EXPECT_EQ(calls(), 1U);
  EXPECT_EQ(model_->requests[0].purpose, "session");
}

TEST_F(Writer, HardFaultsAreToldAndTriedAgain) {
  ASSERT_TRUE(write({Slip::not_stated, Slip::prose, Slip::none}));
  ASSERT_EQ(calls(), 3U);
  EXPECT_THAT(model_->requests[1].messages.back().content, HasSubstr("no user turn states the amount 10.50"));
  EXPECT_THAT(model_->requests[2].messages.back().content, HasSubstr("no complete JSON object"));
  EXPECT_EQ(model_->requests[2].attempt, 2U);
}

TEST_F(Writer, HardFaultsAreNeverAccepted) {
  const auto session = write({Slip::unexplained_money}, {.max_retries = 3});
  ASSERT_FALSE(session);
  EXPECT_EQ(calls(), 4U);
  EXPECT_EQ(session.error().kind, ErrorKind::endpoint);
  EXPECT_THAT(session.error().message, AllOf(HasSubstr("session 0 (2024-01-15)"), HasSubstr("4 replies"),
                                             HasSubstr("unexplained_money: turn 0: 7.25"),
                                             HasSubstr("--max_retries"), Not(HasSubstr("\n"))));
}

TEST_F(Writer, SoftFaultsAreTriedTwiceMoreThenAcceptedAndNamed) {
  const auto session = write({Slip::other_date});
  ASSERT_TRUE(session);
  EXPECT_EQ(calls(), 3U);
  EXPECT_THAT(session->imperfections, ElementsAre("other_date: turn 0: 1999-01-02"));
}

TEST_F(Writer, TheFewestSoftFaultsWin) {
  // pair_unrequested brings two faults, the others one.
  const auto session = write({Slip::pair_unrequested, Slip::turn_missing, Slip::other_date});
  ASSERT_TRUE(session);
  EXPECT_THAT(session->imperfections, ElementsAre("turn_count: 3 turns, not 4 to 10"));
}

TEST_F(Writer, AGoodReplyAfterASoftOneIsTaken) {
  const auto session = write({Slip::other_date, Slip::none});
  ASSERT_TRUE(session);
  EXPECT_THAT(session->imperfections, IsEmpty());
  EXPECT_EQ(calls(), 2U);
}

TEST_F(Writer, HardFaultsAfterASoftOneDoNotLoseIt) {
  const auto session = write({Slip::prose, Slip::other_date, Slip::prose});
  ASSERT_TRUE(session);
  EXPECT_EQ(calls(), 4U);
  EXPECT_EQ(session->imperfections.size(), 1U);
}

TEST_F(Writer, SoftFaultsAreAcceptedWhenTriesAreUsedUp) {
  EXPECT_TRUE(write({Slip::other_date}, {.max_retries = 0}));
  EXPECT_EQ(calls(), 1U);
}

TEST_F(Writer, StrictAcceptsNoFault) {
  const auto session = write({Slip::other_date}, {.max_retries = 4, .strict = true});
  ASSERT_FALSE(session);
  EXPECT_EQ(calls(), 5U);
  EXPECT_THAT(session.error().message, HasSubstr("other_date"));
}

TEST_F(Writer, T62ACutReplyGetsMoreRoom) {
  const std::string content = session_content(asked_);
  ASSERT_TRUE(write_with({replied(content, "length"), replied(content)}));
  EXPECT_EQ(model_->requests[1].max_tokens, 2 * model_->requests[0].max_tokens);
  EXPECT_THAT(model_->requests[1].messages.back().content, HasSubstr("broke off"));
}

TEST_F(Writer, AFailedCallKeepsASoftReply) {
  EXPECT_TRUE(
      write_with({replied(session_content(asked_, Slip::other_date)), failed(CallClass::fatal_item, "400")}));
  EXPECT_FALSE(write_with({failed(CallClass::fatal_item, "400")}));
}

TEST_F(Writer, TheRunsFatalErrorIsTheSessions) {
  const auto session = write_with({failed(CallClass::fatal_run, "401")});
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().kind, ErrorKind::endpoint);
  EXPECT_EQ(session.error().message, "failed: 401");
}

TEST_F(Writer, AChineseSession) {
  plan_ = plan_with({{"Dining", "Coffee"}, {"Medical", "Dental"}}, 2, Language::chinese);
  asked_ = json::parse(session_plan_json(plan_, default_catalogue())).value();
  const auto session = write({Slip::not_stated, Slip::none});
  ASSERT_TRUE(session) << session.error().message;
  EXPECT_THAT(model_->requests[1].messages.back().content, HasSubstr("用户没有用数字说出金额 10.50"));
}

/// Many sessions at once over real sockets, with faults of every kind on the way.
class WriterOverSockets : public ::testing::Test {
 protected:
  std::vector<Result<Session>> write_all(std::uint32_t count, Script script, std::uint32_t limit = 4) {
    server_.emplace(std::move(script));
    auto endpoint = OpenAiEndpoint::make(io_.get_executor(),
                                         {.base_url = server_->url() + "/v1", .model = "test-model"}, clock_);
    const auto model = with_admission(std::move(endpoint.value()), {.limit = limit}, clock_);
    ModelWriter writer(default_catalogue(), *model, run_);
    std::vector<SessionPlan> plans(count, coffee_and_taxi());
    std::vector<Result<Session>> results(count, fail(ErrorKind::stopped, "no end"));
    for (std::uint32_t i = 0; i < count; ++i) {
      plans[i].index = i;
      asio::co_spawn(io_, writer.write(plans[i]), [&results, i](std::exception_ptr, Result<Session> session) {
        results[i] = std::move(session);
      });
    }
    io_.run();
    return results;
  }

  asio::io_context io_;
  TestClock clock_;
  RunState run_{clock_};
  std::optional<FakeEndpoint> server_;
};

TEST_F(WriterOverSockets, WritesManyAtOnce) {
  for (const auto& session : write_all(40, openai_script())) {
    ASSERT_TRUE(session) << session.error().message;
    EXPECT_EQ(session->transactions.size(), 2U);
  }
  EXPECT_EQ(server_->counts().requests, 40U);
  EXPECT_LE(server_->counts().peak_in_flight, 4U);
}

TEST_F(WriterOverSockets, SurvivesEveryKindOfFault) {
  const auto fault = [](const FakeRequest& request) -> std::optional<Answer> {
    if (request.number >= 24) return std::nullopt;  // so that no session meets six failures in a row
    switch (request.number % 12) {
      case 1:
        return respond(429, "", {{"Retry-After", "2"}});
      case 2:
        return Answer{Reset{}};
      case 3:
        return respond(500, "oops");
      case 4:
        return respond(200, R"({"error":{"code":502,"message":"m"}})");
      case 5:
        return complete(session_content(plan_of(request), Slip::not_stated));
      case 6:
        return complete(session_content(plan_of(request)), "length");
      case 7:
        return complete("<think>hm</think>```json\n" + session_content(plan_of(request)) + "\n```");
      case 8:
        return respond(200, "<html></html>");
      default:
        return std::nullopt;
    }
  };
  for (const auto& session : write_all(60, openai_script(fault)))
    ASSERT_TRUE(session) << session.error().message;
  const CallCounters& counters = run_.counters();
  std::uint64_t failures = 0, refused = 0;
  for (const auto& [label, count] : counters.failures) failures += count;
  for (const auto& [label, count] : counters.refused) refused += count;
  EXPECT_EQ(counters.calls, counters.replies + failures);
  EXPECT_EQ(counters.replies, counters.accepted + refused);
  EXPECT_EQ(counters.accepted, 60U);
}

TEST_F(WriterOverSockets, T9QuotaStopsEverySession) {
  const auto results =
      write_all(30, in_turn({respond(429, R"({"error":{"message":"m","code":"insufficient_quota"}})")}));
  for (const auto& session : results) {
    ASSERT_FALSE(session);
    EXPECT_THAT(session.error().message, HasSubstr("add credit"));
  }
  EXPECT_LE(server_->counts().requests, 4U);
}

TEST_F(WriterOverSockets, T73AServerThatIgnoresTheSchemaEndsWithAClearError) {
  const auto results = write_all(3, openai_script([](const FakeRequest& request) {
                                   return complete(session_content(plan_of(request), Slip::prose));
                                 }));
  for (const auto& session : results) {
    ASSERT_FALSE(session);
    EXPECT_THAT(session.error().message, HasSubstr("no_json"));
  }
}

}  // namespace
}  // namespace synthv1::test
