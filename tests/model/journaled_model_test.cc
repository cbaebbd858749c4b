// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/journaled_model.h"

#include "synthv1/base/sqlite.h"
#include "synthv1/model/ask.h"
#include "tests/model/scripted_model.h"
#include "tests/support/run_coroutine.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_clock.h"

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::ElementsAre;

/// Runs over one journal, each with a model of its own.
class Journaled : public testing::Test {
 protected:
  struct Started {
    explicit Started(Journaled& test, std::vector<CallResult> results, std::string checker = "1")
        : journal(Journal::make(JournalFile::open(test.path()).value(), test.path(), test.io_.get_executor())
                      .value()) {
      auto scripted = std::make_unique<ScriptedModel>(std::move(results));
      requests = &scripted->requests;
      model = with_journal(
          std::move(scripted), *journal,
          {.scope = {.endpoint = "http://a/v1", .model = "m"}, .checker = std::move(checker)}, test.clock_);
    }
    std::unique_ptr<Journal> journal;
    std::unique_ptr<ChatModel> model;
    std::vector<ChatRequest>* requests = nullptr;
  };

  std::string path() const { return folder_.path("x.journal"); }
  CallResult call(ChatModel& model, std::uint32_t index) {
    const ChatRequest request{.purpose = "session", .index = index};
    return run_coroutine(io_, model.call(request));
  }

  /// Asks for one session; a reply is good when it says "good".
  AskOutcome ask_for(ChatModel& model, std::uint32_t max_retries) {
    run_ = std::make_unique<RunState>(clock_);
    AskTask task{.max_retries = max_retries,
                 .make_request = [](const Refusals&) { return ChatRequest{.purpose = "session"}; },
                 .check_reply = [](const ChatReply& reply) -> std::optional<std::string> {
                   if (reply.content == "good") return std::nullopt;
                   return "not good: " + reply.content;
                 },
                 .will_do = [this] { return will_do_; }};
    return run_coroutine(io_, ask(model, *run_, std::move(task)));
  }
  std::vector<std::string> verdicts() {
    std::vector<std::string> verdicts;
    JournalFile file = JournalFile::open_to_read(path()).value();
    file.read({.reply = [&](const KeptRow& row) {
      const std::string said = !row.verdict                                         ? "none"
                               : row.verdict->verdict.kind == VerdictKind::accepted ? "accepted"
                               : row.verdict->verdict.kind == VerdictKind::settled
                                   ? "settled"
                                   : row.verdict->verdict.reason;
      verdicts.push_back(row.reply.reply.content + ": " + said);
    }});
    return verdicts;
  }

  TemporaryFolder folder_;
  TestClock clock_;
  asio::io_context io_{1};
  std::unique_ptr<RunState> run_;
  bool will_do_ = false;
};

TEST_F(Journaled, AKeptReplyIsGivenBackWithoutACall) {
  {
    Started first(*this, {replied("one"), replied("two")});
    EXPECT_EQ(call(*first.model, 1)->content, "one");
    EXPECT_EQ(call(*first.model, 2)->content, "two");
    EXPECT_FALSE(call(*first.model, 3)->kept);
  }
  Started second(*this, {replied("other")});
  const CallResult again = call(*second.model, 2);
  EXPECT_EQ(again->content, "two");
  EXPECT_TRUE(again->kept);
  EXPECT_EQ(second.requests->size(), 0U);
  EXPECT_EQ(call(*second.model, 4)->content, "other");
  EXPECT_EQ(second.requests->size(), 1U);
}

TEST_F(Journaled, AFailedCallIsNotKept) {
  Started run(*this, {failed(CallClass::transient), replied("good")});
  EXPECT_FALSE(call(*run.model, 1));
  EXPECT_EQ(call(*run.model, 1)->content, "good") << "the same key: failures of transport do not advance it";
}

TEST_F(Journaled, VerdictsOfTheSameCheckAreTrusted) {
  {
    Started first(*this, {replied("bad"), replied("good")});
    EXPECT_EQ(ask_for(*first.model, 5).end, AskEnd::accepted);
  }
  EXPECT_THAT(verdicts(), ElementsAre("bad: not good: bad", "good: accepted"));
  EXPECT_TRUE(call(*Started(*this, {replied("x")}).model, 0)->verdict);
  EXPECT_FALSE(call(*Started(*this, {replied("x")}, "2").model, 0)->verdict) << "of another version";
}

TEST_F(Journaled, ARunThatWasCutOffGoesOnWhereItStopped) {
  {
    Started first(*this, {replied("bad"), failed(CallClass::fatal_run)});
    EXPECT_EQ(ask_for(*first.model, 5).end, AskEnd::stopped);
  }
  Started second(*this, {replied("good")});
  const AskOutcome outcome = ask_for(*second.model, 5);
  EXPECT_EQ(outcome.end, AskEnd::accepted);
  EXPECT_EQ(outcome.refusals.count, 1U);
  ASSERT_EQ(second.requests->size(), 1U);
  EXPECT_EQ((*second.requests)[0].attempt, 1U);
  EXPECT_EQ(run_->counters().kept, 1U);
  EXPECT_EQ(run_->counters().calls, 1U);
  EXPECT_EQ(run_->counters().replies, 2U);
}

TEST_F(Journaled, RefusalsOfTheCutRunCountAsOnes) {
  {
    Started first(*this, {replied("bad"), failed(CallClass::fatal_run)});
    ask_for(*first.model, 2);
  }
  Started second(*this, {replied("bad")});
  EXPECT_EQ(ask_for(*second.model, 2).end, AskEnd::refused);
  EXPECT_EQ(second.requests->size(), 2U) << "three in all, as in one run";
}

TEST_F(Journaled, UsedUpTriesGetMaxRetriesFurtherOnes) {
  EXPECT_EQ(ask_for(*Started(*this, {replied("bad")}).model, 2).refusals.count, 3U);
  Started second(*this, {replied("bad")});
  EXPECT_EQ(ask_for(*second.model, 2).refusals.count, 5U);
  EXPECT_EQ(second.requests->size(), 2U);
}

TEST_F(Journaled, WhatIsSettledIsNotAskedAgain) {
  will_do_ = true;
  EXPECT_EQ(ask_for(*Started(*this, {replied("bad")}).model, 2).refusals.count, 3U);
  EXPECT_THAT(verdicts(), ElementsAre("bad: not good: bad", "bad: not good: bad", "bad: settled"));
  Started second(*this, {replied("good")});
  const AskOutcome outcome = ask_for(*second.model, 2);
  EXPECT_EQ(outcome.end, AskEnd::refused) << "as it ended before";
  EXPECT_EQ(outcome.refusals.count, 3U);
  EXPECT_EQ(second.requests->size(), 0U);
}

/// The reply that it was settled with is damaged, say.
TEST_F(Journaled, T91WhatWasSettledByWhatIsLostIsAskedForAgain) {
  will_do_ = true;
  EXPECT_EQ(ask_for(*Started(*this, {replied("bad")}).model, 2).refusals.count, 3U);
  will_do_ = false;
  Started second(*this, {replied("good")});
  EXPECT_EQ(ask_for(*second.model, 2).end, AskEnd::accepted);
  EXPECT_EQ(second.requests->size(), 1U);
}

TEST_F(Journaled, T21FailedCallsAreKeptWithWhatTheServerSaid) {
  CallError error{.kind = CallClass::transient, .message = "500: oops", .label = "500", .raw = "<html>oops"};
  {
    Started run(*this, {std::unexpected(error), failed(CallClass::capacity, "429"), replied("good")});
    EXPECT_EQ(ask_for(*run.model, 2).end, AskEnd::accepted);
  }
  std::vector<std::string> failures;
  JournalFile file = JournalFile::open_to_read(path()).value();
  file.read({.failure = [&](const KeptFailure& row) { failures.push_back(row.label + ": " + row.message); }});
  EXPECT_THAT(failures, ElementsAre("500: <html>oops", "429: failed: 429"));
}

TEST_F(Journaled, T90AFailedJournalEndsTheRun) {
  Started run(*this, {replied("good")});
  SqlDatabase other = SqlDatabase::open(path(), SqlDatabase::Access::write).value();
  other.try_run("CREATE TRIGGER stop BEFORE INSERT ON reply BEGIN SELECT RAISE(ABORT, 'no'); END").value();
  EXPECT_EQ(ask_for(*run.model, 5).end, AskEnd::stopped);
  EXPECT_EQ(run_->fatal()->label, "journal");
  EXPECT_EQ(run_->counters().accepted, 0U) << "a reply that is not durable does not count";
  EXPECT_EQ(run_->counters().calls, 1U);
}

}  // namespace
}  // namespace synthv1::test
