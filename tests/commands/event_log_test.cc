// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/event_log.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/text.h"
#include "tests/support/memory_files.h"

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Notes : public SilentProgress {
 public:
  void note(std::string_view line) override { lines.emplace_back(line); }
  std::vector<std::string> lines;
};

const ChatRequest kRequest{
    .messages = {{"user", "SECRET PROMPT"}}, .purpose = "session", .record = 3, .index = 2, .attempt = 1};

class EventLogTest : public testing::Test {
 protected:
  /// The log's lines without their time, which is the same in all.
  std::vector<std::string> lines() {
    log_->status({});
    std::vector<std::string> lines;
    for (const std::string_view line : split(files_.texts["log"], '\n')) {
      if (line.empty()) continue;
      EXPECT_TRUE(json::parse(line)) << line;
      EXPECT_TRUE(line.starts_with(kTime)) << line;
      lines.push_back("{" + std::string(line.substr(kTime.size())));
    }
    return lines;
  }

  static constexpr std::string_view kTime = R"({"time":"2024-07-26T08:15:30.250Z",)";
  MemoryFiles files_;
  Notes notes_;
  std::unique_ptr<EventLog> log_ =
      EventLog::open(files_, "log", notes_, [] { return WallTime(1'721'981'730'250ms); }).value();
};

TEST_F(EventLogTest, CallsAreNamesAndNumbersOnly) {
  log_->on_reply(kRequest, {.content = "SECRET CONTENT",
                            .finish_reason = "stop\n",
                            .usage = {.prompt_tokens = 10, .completion_tokens = {}},
                            .latency = 250ms});
  log_->on_verdict(kRequest, {.refused_as = "faulty", .reason = "SECRET CONTENT is wrong"});
  log_->on_failure(kRequest, {.kind = CallClass::capacity,
                              .message = "SECRET PROMPT was refused",
                              .label = "429",
                              .retry_after = 1500ms});
  log_->on_failure(kRequest, {.kind = CallClass::fatal_item, .label = "cancelled", .sent = false});
  const std::string call = R"("purpose":"session","record":3,"index":2,"attempt":1,)";
  EXPECT_THAT(
      lines(),
      ElementsAre(
          R"({"event":"reply",)" + call +
              R"("finish_reason":"stop","prompt_tokens":10,"completion_tokens":null,"latency_ms":250,"kept":false})",
          R"({"event":"verdict",)" + call + R"("verdict":"refused","class":"faulty"})",
          R"({"event":"failure",)" + call +
              R"("label":"429","class":"capacity","sent":true,"retry_after_ms":1500})",
          R"({"event":"failure",)" + call + R"("label":"cancelled","class":"fatal_item","sent":false})"));
  EXPECT_THAT(files_.texts.at("log"), Not(HasSubstr("SECRET")));
}

TEST_F(EventLogTest, ChangesOfTheRunAreEvents) {
  RunStatus status{.in_flight = 4, .limit = 8};
  log_->status(status);
  log_->status(status);
  status.held_for = 2000ms;
  log_->status(status);
  status.held_for = 1800ms;
  log_->status(status);
  status.stage = RunStage::stopping;
  log_->status(status);
  log_->status(status);
  EXPECT_THAT(files_.texts.at("log"), HasSubstr("\"stop\"")) << "lines reach the file with each status";
  const std::vector<std::string> heard = lines();
  EXPECT_THAT(std::vector(heard.begin(), heard.begin() + 3),
              ElementsAre(R"({"event":"limit","limit":8})", R"({"event":"hold","ms":2000})",
                          R"({"event":"stop","in_flight":4})"));
}

TEST_F(EventLogTest, BeginsAndEnds) {
  log_->begin({.records = 2, .sessions = 6, .seed = 7, .out = "x.json", .model = "m"});
  log_->record_done({.index = 1, .task_id = "id", .sessions = 3, .transactions = 9, .questions = 5});
  log_->ended({.stage = RunStage::stopped, .message = "stopped"});
  log_->note("one more thing");
  const std::vector<std::string> heard = lines();
  EXPECT_THAT(heard[0], HasSubstr(R"("seed":7,"out":"x.json","model":"m","records":2,"sessions":6)"));
  EXPECT_THAT(heard[1],
              HasSubstr(R"("record":1,"task_id":"id","sessions":3,"transactions":9,"questions":5)"));
  EXPECT_THAT(heard[2], HasSubstr(R"("event":"end","state":"stopped","message":"stopped","calls":0)"));
  EXPECT_EQ(heard[3], R"({"event":"note","text":"one more thing"})");
}

TEST_F(EventLogTest, WhatIsLeftIsWrittenAtTheEnd) {
  log_->on_reply(kRequest, {.usage = {}});
  EXPECT_FALSE(files_.texts.contains("log"));
  log_.reset();
  EXPECT_THAT(files_.texts.at("log"), HasSubstr("\"reply\""));
}

TEST_F(EventLogTest, T90AFullDiskIsNotedOnceAndTheLogGoesOnWhereItCan) {
  for (std::size_t nth = 1; nth <= 5; ++nth) {
    MemoryFiles files;
    Notes notes;
    files.fail_at = nth;
    const auto log = EventLog::open(files, "log", notes).value();
    for (int i = 0; i < 5; ++i) {
      log->note(std::to_string(i));
      log->status({});
    }
    EXPECT_THAT(notes.lines,
                ElementsAre("append to log: disk full; the run goes on, and the log lacks lines"));
    const std::vector<std::string_view> lines = split(files.texts.at("log"), '\n');
    EXPECT_EQ(lines.size(), 5u) << "four lines and the end";
    for (std::size_t i = 0; i < 4; ++i) EXPECT_TRUE(json::parse(lines[i])) << lines[i];
  }
}

TEST_F(EventLogTest, ALogThatCannotBeOpenedIsAnError) {
  MemoryFiles files;
  files.fail_at = 0;
  EXPECT_FALSE(EventLog::open(files, "log", notes_));
}

}  // namespace
}  // namespace synthv1::test
