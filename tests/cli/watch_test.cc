// SPDX-License-Identifier: Apache-2.0
// What can be seen of a run by a model while it goes on and after it: the panel, OUT.progress.json, --log.
#include "synthv1/base/json_parse.h"
#include "synthv1/base/text.h"
#include "tests/cli/pseudo_terminal.h"
#include "tests/cli/run_binary.h"
#include "tests/cli/small_terminal.h"
#include "tests/support/openai_endpoint.h"

#include <map>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::ContainsRegex;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view kKey = "sk-very-secret-4711";

class WatchTest : public testing::Test {
 protected:
  Outcome run(const FakeEndpoint& endpoint, std::string_view arguments,
              std::string_view variables = "") const {
    return folder_.run(
        fmt::format("--base_url {}/v1 --model test-model --seed 1 --fast {}", endpoint.url(), arguments),
        fmt::format("OPENAI_API_KEY={} {}", kKey, variables));
  }
  /// Runs with a terminal as standard error; returns what was written to it.
  std::string run_on(PseudoTerminal& terminal, const FakeEndpoint& endpoint,
                     std::string_view arguments) const {
    const std::string shell = fmt::format("sh -c 'exec \"$0\" \"$@\" 2>{}'", terminal.name());
    EXPECT_EQ(run(endpoint, arguments, "TERM=xterm " + shell).exit_code, 0);
    return terminal.take();
  }
  json::Value progress_of(std::string_view out) const {
    return json::parse(folder_.read(fmt::format("{}.progress.json", out))).value_or(json::Value());
  }
  /// How often each event stands in the log; every line is JSON with a time.
  std::map<std::string, int> events(std::string_view log) const {
    std::map<std::string, int> counts;
    const std::string text = folder_.read(log);
    EXPECT_THAT(text, testing::EndsWith("\n"));
    for (const std::string_view line : split(trim(text), '\n')) {
      const auto value = json::parse(line);
      if (!value || value->find("time") == nullptr || value->find("event") == nullptr) {
        ADD_FAILURE() << line;
        continue;
      }
      ++counts[std::string(*value->find("event")->as_string())];
    }
    return counts;
  }

  Folder folder_;
};

int count_of(std::string_view text, std::string_view words) {
  int count = 0;
  for (std::size_t at = text.find(words); at != text.npos; at = text.find(words, at + 1)) ++count;
  return count;
}

/// Refuses every fifth request for a moment, and takes a while with each.
Script busy_script() {
  return openai_script([](const FakeRequest& request) -> std::optional<Answer> {
    if (request.number % 5 == 4) return respond(500, R"({"error":{"message":"it is too much"}})");
    return after(std::chrono::milliseconds(150), complete(right_content(plan_of(request))));
  });
}

TEST_F(WatchTest, TheProgressFileAddsUp) {
  const FakeEndpoint endpoint(busy_script());
  ASSERT_EQ(run(endpoint, "--num_records 4 --out x.jsonl").exit_code, 0);
  const json::Value progress = progress_of("x.jsonl");
  EXPECT_EQ(*progress.find("state")->as_string(), "done");
  EXPECT_EQ(*progress.find("message")->as_string(), "");
  const std::string text = folder_.read("x.jsonl.progress.json");
  EXPECT_THAT(text, HasSubstr("\"records\": {\n    \"done\": 4,\n    \"total\": 4\n  }"));
  EXPECT_THAT(text, HasSubstr("\"sessions\": {\n    \"done\": 12,\n    \"total\": 12\n  }"));
  EXPECT_THAT(text, HasSubstr("\"paraphrases\": {\n    \"done\": 4,\n    \"total\": 4\n  }"));
  EXPECT_THAT(text, HasSubstr(fmt::format("\"calls\": {},", endpoint.counts().requests)));
  EXPECT_THAT(text, HasSubstr("\"accepted\": 16,"));
  EXPECT_THAT(text, HasSubstr(fmt::format("\"500\": {}\n", endpoint.counts().requests - 16)));
  EXPECT_THAT(text, HasSubstr("\"seconds_left\": 0,"));
}

TEST_F(WatchTest, TheLogHasALineForEachEvent) {
  const FakeEndpoint endpoint(busy_script());
  ASSERT_EQ(run(endpoint, "--num_records 4 --out x.jsonl --log run.log").exit_code, 0);
  std::map<std::string, int> heard = events("run.log");
  EXPECT_EQ(heard["start"], 1);
  EXPECT_EQ(heard["reply"], 16);
  EXPECT_EQ(heard["verdict"], 16);
  EXPECT_EQ(heard["failure"], static_cast<int>(endpoint.counts().requests) - 16);
  EXPECT_EQ(heard["record"], 4);
  EXPECT_EQ(heard["end"], 1);
  const std::string text = folder_.read("run.log");
  EXPECT_THAT(text, Not(HasSubstr(std::string(kKey))));
  EXPECT_THAT(text, Not(HasSubstr("it is too much")));
  run(endpoint, "--out y.json --log run.log");
  EXPECT_EQ(events("run.log")["start"], 2) << "added, not written over";
}

TEST_F(WatchTest, T90WhatCannotBeWrittenEndsNoRun) {
  const FakeEndpoint endpoint(busy_script());
  folder_.run("--version > /dev/null; mkdir -p x.jsonl.progress.json/full;");
  const Outcome made = run(endpoint, "--num_records 2 --out x.jsonl --log /dev/full");
  EXPECT_EQ(made.exit_code, 0) << made.err;
  EXPECT_THAT(made.err, ContainsRegex("cannot write /dev/full: No space left on device.*; the run goes on"));
  EXPECT_THAT(made.err, HasSubstr("cannot write x.jsonl.progress.json: Is a directory; the run goes on"));
  EXPECT_EQ(count_of(made.err, "the run goes on"), 2) << "one note each";
  EXPECT_EQ(folder_.run("validate x.jsonl").exit_code, 0);
}

TEST_F(WatchTest, NoProgressFileWhereThereIsNoNameOrNoModel) {
  const FakeEndpoint endpoint(openai_script());
  EXPECT_EQ(run(endpoint, "--out -").exit_code, 0);
  EXPECT_EQ(folder_.run("--model builtin --fast --num_records 2 --out b.jsonl --log b.log").exit_code, 0);
  EXPECT_EQ(folder_.listing(), "b.jsonl b.log");
  EXPECT_EQ(events("b.log"), (std::map<std::string, int>{{"start", 1}, {"record", 2}, {"end", 1}}));
}

TEST_F(WatchTest, ALogThatCannotBeIsRefusedBeforeAnything) {
  const FakeEndpoint endpoint(openai_script());
  const Outcome dash = run(endpoint, "--out x.json --log -");
  EXPECT_EQ(dash.exit_code, 2);
  EXPECT_THAT(dash.err, HasSubstr("--log=-: name a file; /dev/stderr"));
  const Outcome folder = run(endpoint, "--out x.json --log no/run.log");
  EXPECT_EQ(folder.exit_code, 2);
  EXPECT_THAT(folder.err, HasSubstr("--log: cannot write no/run.log: the folder no does not exist"));
  const Outcome same = run(endpoint, "--out x.json --log x.json");
  EXPECT_EQ(same.exit_code, 2);
  EXPECT_THAT(same.err, HasSubstr("--log=x.json: another file is written there"));
  EXPECT_EQ(endpoint.counts().requests, 0u);
  EXPECT_EQ(folder_.listing(), "");
}

TEST_F(WatchTest, ThePanelComesAndGoes) {
  const FakeEndpoint endpoint(busy_script());
  for (const std::size_t columns : {20U, 150U}) {
    PseudoTerminal terminal(static_cast<unsigned short>(columns), 24);
    const std::string written =
        run_on(terminal, endpoint, "--fresh --num_records 6 --llm_concurrency 6 --out x.jsonl");
    EXPECT_THAT(written, ContainsRegex("calls       [1-6] in fl"));
    EXPECT_THAT(written, HasSubstr("time        0:"));
    EXPECT_THAT(written, HasSubstr("retries     "));
    // Up to its end, where it is wiped, the panel alone is written; lines of the summary may wrap.
    const std::size_t end = written.rfind("\x1b[2K");
    ASSERT_NE(end, std::string::npos);
    SmallTerminal panel(columns, 24);
    panel.feed(std::string_view(written).substr(0, end));
    EXPECT_EQ(panel.overflowed(), 0u);
    EXPECT_EQ(panel.unknown(), 0u);
    SmallTerminal screen(1000, 24);
    screen.feed(written);
    EXPECT_THAT(screen.lines(), Each(Not(HasSubstr("in flight"))));
    EXPECT_THAT(screen.lines(), testing::Contains(HasSubstr("replies accepted")));
  }
}

TEST_F(WatchTest, QuietIsQuietOnATerminal) {
  const FakeEndpoint endpoint(busy_script());
  PseudoTerminal terminal(100, 24);
  EXPECT_THAT(run_on(terminal, endpoint, "--num_records 8 --quiet --out x.jsonl"), IsEmpty());
}

TEST_F(WatchTest, ADumbTerminalGetsNoEscapes) {
  const FakeEndpoint endpoint(busy_script());
  PseudoTerminal terminal(100, 24);
  const std::string shell = fmt::format("sh -c 'exec \"$0\" \"$@\" 2>{}'", terminal.name());
  EXPECT_EQ(run(endpoint, "--num_records 8 --out x.jsonl", "TERM=dumb " + shell).exit_code, 0);
  EXPECT_THAT(terminal.take(), Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace synthv1::test
