// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/progress_file.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_write.h"
#include "synthv1/commands/progress_fan.h"
#include "tests/support/memory_files.h"

#include <gmock/gmock.h>
#include <unistd.h>

namespace synthv1::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

class Notes : public SilentProgress {
 public:
  void note(std::string_view line) override { lines.emplace_back(line); }
  std::vector<std::string> lines;
};

RunStatus status_at(std::chrono::milliseconds elapsed) {
  RunStatus status{.records = {.done = 1, .total = 4}, .in_flight = 3, .limit = 8, .elapsed = elapsed};
  status.calls.calls = 12;
  status.calls.failures = {{"429", 2}};
  status.calls.completion_tokens = 500;
  return status;
}

/// A file that is looked at after each status.
void tell(ProgressFile& file, const RunStatus& status) {
  file.status(status);
  file.settle();
}

class ProgressFileTest : public testing::Test {
 protected:
  std::string member(std::string_view name) const {
    const auto value = json::parse(files_.texts.at("x.json.progress.json"));
    const json::Value* found = value ? value->find(name) : nullptr;
    return found == nullptr ? "(missing)" : json::write(*found);
  }

  MemoryFiles files_;
  Notes notes_;
  ProgressFile file_{files_, "x.json.progress.json", notes_, [] { return WallTime(1'721'981'730'250ms); }};
};

TEST_F(ProgressFileTest, HoldsTheNumbers) {
  file_.begin({.seed = 18'446'744'073'709'551'615U, .out = "x\xff.json", .model = "m"});
  EXPECT_FALSE(files_.texts.contains("x.json.progress.json")) << "another run may own it until calls begin";
  tell(file_, status_at(0ms));
  EXPECT_EQ(member("state"), "\"running\"");
  EXPECT_EQ(member("pid"), std::to_string(::getpid()));
  EXPECT_EQ(member("started"), "\"2024-07-26T08:15:30.250Z\"");
  EXPECT_EQ(member("seed"), "18446744073709551615");
  EXPECT_EQ(member("out"), "\"x\uFFFD.json\"");
  EXPECT_EQ(member("records"), R"({"done":1,"total":4})");
  EXPECT_EQ(member("failures"), R"({"429":2})");
  EXPECT_EQ(member("tokens"), R"({"prompt":0,"completion":500,"per_second":null})");
  EXPECT_EQ(member("cost"), "null");
  EXPECT_EQ(member("budget_left"), "{}");
  EXPECT_EQ(member("seconds_left"), "null");
  RunStatus known = status_at(1500ms);
  known.cost = 1.25;
  known.left = {.cost = 0.75, .tokens = 9, .requests = 8, .time = 7s};
  known.time_left = 60s;
  known.tokens_per_second = 12.34;
  tell(file_, known);
  EXPECT_EQ(member("cost"), "1.250000");
  EXPECT_EQ(member("budget_left"), R"({"cost":0.750000,"tokens":9,"requests":8,"seconds":7})");
  EXPECT_EQ(member("seconds_left"), "60");
  EXPECT_EQ(member("seconds_elapsed"), "1.500");
}

TEST_F(ProgressFileTest, IsReplacedOnceASecondAndWhereTheStateChanges) {
  file_.begin({});
  for (int tick = 0; tick <= 50; ++tick) tell(file_, status_at(tick * 200ms));
  EXPECT_EQ(files_.operations, 11u);
  RunStatus held = status_at(10'100ms);
  held.stage = RunStage::held;
  tell(file_, held);
  EXPECT_EQ(files_.operations, 12u);
  EXPECT_EQ(member("state"), "\"held\"");
}

TEST_F(ProgressFileTest, StaysWithHowTheRunEnded) {
  file_.begin({});
  tell(file_, status_at(0ms));
  file_.ended({.stage = RunStage::failed, .message = "the key\nis wrong"});
  EXPECT_EQ(member("state"), "\"failed\"");
  EXPECT_EQ(member("message"), "\"the key is wrong\"");
  EXPECT_EQ(member("in_flight"), "0");
  EXPECT_EQ(member("calls"), "12");
}

TEST_F(ProgressFileTest, IsNotTouchedByARunThatCouldNotBegin) {
  file_.ended({.stage = RunStage::failed, .message = "somebody else is at it"});
  EXPECT_EQ(files_.operations, 0u);
}

TEST_F(ProgressFileTest, T90AFailureIsNotedOnceAndTheNextWriteIsTried) {
  for (std::size_t nth = 0; nth < 4; ++nth) {
    MemoryFiles files;
    files.fail_at = nth;
    Notes notes;
    ProgressFile file(files, "p", notes);
    file.begin({});
    for (int second = 0; second < 4; ++second) tell(file, status_at(second * 1s));
    file.ended({});
    EXPECT_EQ(files.operations, 5u);
    EXPECT_THAT(notes.lines, ElementsAre("replace p: disk full; the run goes on without it"));
    EXPECT_THAT(files.texts.at("p"), HasSubstr("\"state\": \"done\""));
  }
}

TEST(LatestText, WritesTheNewestAndLeavesOutWhatIsOld) {
  MemoryFiles files;
  {
    LatestText file(files, "p");
    for (int i = 0; i < 1000; ++i) file.put(std::to_string(i));
    file.settle();
    EXPECT_EQ(files.texts.at("p"), "999");
    EXPECT_LE(files.operations, 1000u);
    file.put("last");
  }
  EXPECT_EQ(files.texts.at("p"), "last") << "written before it goes";
}

TEST(LatestText, SaysEachFailureOnce) {
  MemoryFiles files;
  files.fail_at = 0;
  LatestText file(files, "p");
  file.put("a");
  file.settle();
  EXPECT_EQ(file.take_error()->kind, ErrorKind::disk);
  EXPECT_FALSE(file.take_error());
}

TEST(ProgressFan, TellsEveryListener) {
  Notes one, two;
  ProgressFan fan;
  fan.add(one);
  fan.add(two);
  fan.note("hello");
  EXPECT_THAT(one.lines, ElementsAre("hello"));
  EXPECT_THAT(two.lines, ElementsAre("hello"));
}

}  // namespace
}  // namespace synthv1::test
