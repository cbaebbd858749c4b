// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/logged_model.h"

#include "synthv1/model/ask.h"
#include "tests/model/scripted_model.h"
#include "tests/support/run_coroutine.h"
#include "tests/support/test_clock.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using ::testing::ElementsAre;

/// What it heard, in short.
class Heard final : public CallLog {
 public:
  void on_call(const ChatRequest& request) override {
    events.push_back(fmt::format("call {}", request.index));
  }
  void on_reply(const ChatRequest& request, const ChatReply& reply) override {
    events.push_back(fmt::format("reply {} {}", request.attempt, reply.content));
  }
  void on_failure(const ChatRequest&, const CallError& error) override {
    events.push_back("failure " + error.label);
  }
  void on_verdict(const ChatRequest& request, const ReplyVerdict& verdict) override {
    events.push_back(fmt::format("verdict {} {}", request.attempt, name_of(verdict.kind)));
  }

  std::vector<std::string> events;
};

/// Keeps the verdicts that come through.
class JudgedModel final : public ChatModel {
 public:
  explicit JudgedModel(ChatModel& inner) : inner_(inner) {}
  asio::awaitable<CallResult> call(const ChatRequest& request) override { return inner_.call(request); }
  void judged(const ChatRequest&, const ChatReply&, const ReplyVerdict& verdict) override {
    verdicts.push_back(verdict.kind);
  }
  std::vector<VerdictKind> verdicts;

 private:
  ChatModel& inner_;
};

TEST(LoggedModel, TellsOfEachCallAndPassesAllOn) {
  ScriptedModel script({failed(CallClass::transient, "500"), replied("bad"), replied("good")});
  JudgedModel model(script);
  Heard heard;
  const std::unique_ptr<ChatModel> logged = with_log(model, heard);
  asio::io_context io;
  TestClock clock;
  RunState run(clock);
  AskTask task{.make_request = [](const Refusals&) { return ChatRequest{.index = 7}; },
               .check_reply =
                   [](const ChatReply& reply) {
                     return reply.content == "good" ? std::nullopt : std::optional<std::string>("no");
                   },
               .will_do = [] { return false; }};
  const AskOutcome outcome = run_coroutine(io, ask(*logged, run, std::move(task)));
  EXPECT_EQ(outcome.end, AskEnd::accepted);
  EXPECT_THAT(heard.events, ElementsAre("call 7", "failure 500", "call 7", "reply 0 bad", "verdict 0 refused",
                                        "call 7", "reply 1 good", "verdict 1 accepted"));
  EXPECT_THAT(model.verdicts, ElementsAre(VerdictKind::refused, VerdictKind::accepted));
}

}  // namespace
}  // namespace synthv1::test
