// SPDX-License-Identifier: Apache-2.0
// The built program: evaluate with agents that need no model, compare, failures.
#include "synthv1/base/json_parse.h"
#include "tests/cli/run_binary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// A folder with data.jsonl, three records of the embedded writer, and the runs of key and zero on it.
const Folder& with_runs() {
  static const Folder folder;
  static const bool made = [] {
    const Outcome data = folder.run(
        "--model builtin --seed 4 --num_sessions 6 --num_questions 40 --num_records 3 --out data.jsonl "
        "--quiet");
    const Outcome key = folder.run("evaluate data.jsonl --agent key --out key.jsonl --quiet");
    const Outcome zero = folder.run("evaluate data.jsonl --agent zero --out zero.jsonl --quiet");
    EXPECT_EQ(data.exit_code + key.exit_code + zero.exit_code, 0) << data.err << key.err << zero.err;
    return true;
  }();
  EXPECT_TRUE(made);
  return folder;
}

TEST(CompareTest, PrintsATableByCategory) {
  const Outcome run = with_runs().run("compare key.jsonl zero.jsonl");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.err, "");
  EXPECT_THAT(run.out, StartsWith("base  key.jsonl  agent key  120 questions\nrun   zero.jsonl  agent zero"));
  for (const char* part : {"McNemar", "all, 120 questions", "max_scene", "<0.0001", "100.0 %"})
    EXPECT_THAT(run.out, HasSubstr(part));
}

TEST(CompareTest, JsonIsOneObjectAndWarningsAreInIt) {
  const Folder& folder = with_runs();
  folder.write("old.jsonl", folder.read("key.jsonl"));
  folder.write("old.summary.json", R"({"agent": "key", "data": "0", "scorer": "0"})");
  const Outcome run = folder.run("compare key.jsonl old.jsonl zero.jsonl --json");
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.err, AllOf(HasSubstr("old.jsonl was run on other data (0)"), HasSubstr("--rescore")));
  const auto value = json::parse(run.out);
  ASSERT_TRUE(value);
  EXPECT_EQ(value->find("warnings")->as_array()->size(), 2U);
  EXPECT_EQ(value->find("questions")->as_int64(), 120);
  EXPECT_EQ(value->find("all")->as_array()->at(1).find("mcnemar_p")->as_number(), "1");
}

TEST(CompareTest, BadInputIsNamed) {
  const Folder& folder = with_runs();
  folder.write("torn.jsonl", "{\"run\": \"x\"}\n");
  const auto error_of = [&](const std::string& arguments) {
    const Outcome run = folder.run("compare " + arguments);
    EXPECT_EQ(run.exit_code, 2) << arguments;
    return run.err;
  };
  EXPECT_THAT(error_of("key.jsonl"), HasSubstr("name two results files or more"));
  EXPECT_THAT(error_of("key.jsonl torn.jsonl"), StartsWith("synthv1: torn.jsonl:1: no result"));
  EXPECT_THAT(error_of("key.jsonl none.jsonl"), HasSubstr("none.jsonl"));
  EXPECT_THAT(error_of("key.jsonl data.jsonl"), HasSubstr("data.jsonl:1: no result"));
  error_of("");
}

TEST(FailuresTest, ShowTheLinesThatTheAnswerRestsOn) {
  const Outcome run = with_runs().run("failures zero.jsonl --category total_amount");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, StartsWith("3 of 3 questions wrong\n"));
  for (const char* part : {"  question  ", "  due       ", "  answer    0.00", "  read      0.00 in: 0.00",
                           "  verdict   different", "asked after chunk 5", "  evidence  ", " User said, \"",
                           "more: --json has them"})
    EXPECT_THAT(run.out, HasSubstr(part));
  EXPECT_THAT(with_runs().run("failures key.jsonl").out, StartsWith("0 of 120 questions wrong\n"));
}

TEST(FailuresTest, JsonIsALineEach) {
  const Outcome run = with_runs().run("failures zero.jsonl --data data.jsonl --limit 2 --json");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const std::size_t end = run.out.find('\n');
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 2);
  const auto value = json::parse(run.out.substr(0, end));
  ASSERT_TRUE(value);
  EXPECT_EQ(value->find("answer")->as_string(), "0.00");
  ASSERT_FALSE(value->find("evidence")->as_array()->empty());
  for (const json::Value& line : *value->find("evidence")->as_array())
    EXPECT_THAT(*line.find("line")->as_string(), HasSubstr("User said, "));
}

TEST(FailuresTest, HostileTextStaysOnItsLine) {
  const Folder& folder = with_runs();
  std::string row = folder.read("zero.jsonl");
  row = row.substr(0, row.find('\n') + 1);
  const std::string_view answer = R"("answer":"0.00")";
  row.replace(row.find(answer), answer.size(), R"("answer":"a\u001b[2J\nb\rc\n\nd\ne\nf")");
  folder.write("hostile.jsonl", row);
  const Outcome run = folder.run("failures hostile.jsonl --data data.jsonl");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(Not(HasSubstr("\x1b")), HasSubstr("(1 line above)\n"), HasSubstr("b c\n")));
}

TEST(FailuresTest, MissingDataIsNamedWithTheCure) {
  const Folder& folder = with_runs();
  folder.write("moved.jsonl", folder.read("zero.jsonl"));
  folder.write("moved.summary.json", R"({"files": ["elsewhere.jsonl"]})");
  folder.write("alone.jsonl", folder.read("zero.jsonl"));
  folder.run("--model builtin --seed 9 --fast --out other.json --quiet");
  const auto error_of = [&](const std::string& arguments) {
    const Outcome run = folder.run("failures " + arguments);
    EXPECT_EQ(run.exit_code, 2) << arguments;
    return run.err;
  };
  EXPECT_THAT(error_of("moved.jsonl"),
              HasSubstr("cannot read elsewhere.jsonl, the data that moved.summary.json names: "
                        "say by --data where it is"));
  EXPECT_THAT(error_of("alone.jsonl"), HasSubstr("alone.summary.json does not name the data"));
  EXPECT_THAT(error_of("zero.jsonl --data other.json"), HasSubstr("is not in other.json"));
  EXPECT_THAT(error_of("zero.jsonl --data none.json"), HasSubstr("none.json"));
  EXPECT_THAT(error_of("zero.jsonl --category none"),
              HasSubstr("no question of category 'none'; there are max_"));
  EXPECT_THAT(error_of("data.jsonl"), HasSubstr("data.jsonl:1: no result"));
}

/// The example of docs/formats/agent.md.
TEST(MemoryAgentExample, AddsUpWhatTheUserSays) {
  const Folder& folder = with_runs();
  const Outcome run = folder.run("evaluate data.jsonl --out agent.jsonl --agent \"process:python3 " SOURCE_DIR
                                 "/examples/memory_agent.py\"");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const auto agent = json::parse(folder.read("agent.summary.json"));
  const auto zero = json::parse(folder.read("zero.summary.json"));
  ASSERT_TRUE(agent && zero);
  const auto right = [](const json::Value& summary) {
    return *summary.find("all")->find("correct")->as_int64();
  };
  EXPECT_GE(right(*agent), right(*zero) + 12);
  EXPECT_EQ(agent->find("statuses")->find("ok")->as_int64(), 120);
}

}  // namespace
}  // namespace synthv1::test
