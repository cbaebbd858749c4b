// SPDX-License-Identifier: Apache-2.0
// The built program: its options, where they come from, and what it says of wrong ones.
#include "tests/cli/run_binary.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// A command line that ends with exit code 2, and what its one line has to say.
struct Wrong {
  std::string arguments;
  std::string says;
};

void PrintTo(const Wrong& wrong, std::ostream* out) { *out << wrong.arguments; }

class WrongOptionsTest : public testing::TestWithParam<Wrong> {};

TEST_P(WrongOptionsTest, EndWithOneLineThatNamesTheCure) {
  const Folder folder;
  const Outcome run = folder.run(GetParam().arguments);
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err, StartsWith("synthv1: "));
  EXPECT_THAT(run.err, HasSubstr(GetParam().says));
  EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
  EXPECT_EQ(folder.listing(), "");
}

INSTANTIATE_TEST_SUITE_P(
    All, WrongOptionsTest,
    testing::Values(
        Wrong{"--model builtin --num_sesions 3", "did you mean --num_sessions?"},
        Wrong{"--model builtin --zzzzzzzzzz", "--help"}, Wrong{"generat", "did you mean 'generate'?"},
        Wrong{"--model builtin --num_sessions x", "--num_sessions=x: write a whole number"},
        Wrong{"--model builtin --num_sessions -1", "--num_sessions=-1"},
        Wrong{"--model builtin --num_sessions 0", "--num_sessions"},
        Wrong{"--model builtin --num_sessions 400", "400 does not fit into the 366 days"},
        Wrong{"--model builtin --min_turns 60", "--min_turns=60 is more than --max_turns=50"},
        Wrong{"--model builtin --min_scenes 11", "--min_scenes=11 is more than --max_scenes=10"},
        Wrong{"--model builtin --min_scenes 51 --max_scenes 60", "has 50"},
        Wrong{"--model builtin --start_date 2024-02-30", "--start_date=2024-02-30"},
        Wrong{"--model builtin --start_date 2025-01-01", "is after --end_date"},
        Wrong{"--model builtin --language fr", "choose one of en, zh"},
        Wrong{"--model builtin --zero_answers 1.5", "--zero_answers=1.5"},
        Wrong{"--model builtin --temperature hot", "--temperature=hot"},
        Wrong{"--llm_concurrency 0", "--llm_concurrency=0: write a whole number from 1 to 65536, or auto"},
        Wrong{"--llm_concurrency many", "--llm_concurrency=many"}, Wrong{"--rpm -1", "--rpm=-1"},
        Wrong{"--tpm 1e6", "--tpm=1e6"},
        Wrong{"--model builtin --layout object --num_records 2", "--layout=object holds one record"},
        Wrong{"--model builtin --layout array --out x.jsonl", "--layout"},
        Wrong{"--model builtin --out x.csv", ".json or .jsonl"},
        Wrong{"--model builtin --out nowhere/x.json", "nowhere"},
        Wrong{"--model builtin --out /proc/x.json", "/proc"},
        Wrong{"--model builtin --catalog nothing.toml", "nothing.toml"},
        Wrong{"--model builtin --config nothing.toml", "nothing.toml"},
        Wrong{"--base_url localhost:8000", "--base_url"}, Wrong{"--base_url ftp://x/v1", "--base_url"},
        Wrong{"--api_key_file nothing", "nothing"}, Wrong{"repair nothing.json", "nothing.json"},
        Wrong{"--catalog x.toml catalog", "write the verb first: synthv1 catalog ..."},
        Wrong{"--model builtin generate", "write the verb first: synthv1 generate ..."},
        Wrong{"completions tcsh", "bash, zsh and fish"}));

TEST(OptionsTest, BothSpellingsMeanTheSame) {
  const Folder folder;
  folder.run("--model builtin --fast --seed=5 --num_sessions=4 --out a.json");
  folder.run("generate --model=builtin --fast --seed 5 --num-sessions 4 --out b.json");
  EXPECT_NE(folder.read("a.json"), "");
  EXPECT_EQ(folder.read("a.json"), folder.read("b.json"));
}

TEST(OptionsTest, CommandLineBeatsConfigBeatsEnvironment) {
  const Folder folder;
  folder.write("settings.toml", "num-sessions = 4\nnum_questions = 7\nmodel = \"builtin\"\nquiet = true\n");
  const std::string_view variables =
      "SYNTHV1_NUM_SESSIONS=9 SYNTHV1_NUM_QUESTIONS=9 SYNTHV1_MODEL=nobody SYNTHV1_SEED=5 SYNTHV1_FAST=true";
  const Outcome run = folder.run("--config settings.toml --num_questions 6 --out a.json", variables);
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.out, "");
  folder.run("--model builtin --fast --seed 5 --num_sessions 4 --num_questions 6 --out b.json");
  EXPECT_EQ(folder.read("a.json"), folder.read("b.json"));
}

TEST(OptionsTest, FaultsOfAConfigFileNameItsLine) {
  const Folder folder;
  folder.write("a.toml", "model = \"builtin\"\nnum_sesions = 3\n");
  EXPECT_THAT(folder.run("--config a.toml").err,
              HasSubstr("a.toml, line 2: there is no option 'num_sesions'; did you mean 'num_sessions'?"));
  folder.write("b.toml", "model = \"builtin\"\n\nmax_turns = \"many\"\n");
  EXPECT_THAT(folder.run("--config b.toml").err, HasSubstr("b.toml, line 3: --max_turns=many"));
  folder.write("c.toml", "model = \n");
  const Outcome run = folder.run("--config c.toml");
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("c.toml, line 1"));
}

TEST(OptionsTest, FaultsOfAVariableNameIt) {
  const Folder folder;
  const Outcome run = folder.run("--model builtin", "SYNTHV1_MAX_TURNS=few");
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("SYNTHV1_MAX_TURNS: --max_turns=few"));
}

TEST(OptionsTest, WhatIsGivenBesideFastWins) {
  const Folder folder;
  const Outcome run = folder.run("--model builtin --num_questions 12 --fast --seed 1");
  EXPECT_THAT(run.out, HasSubstr("Sessions: 3\n"));
  EXPECT_THAT(run.out, HasSubstr("Questions: 12\n"));
}

TEST(OptionsTest, HelpIsGroupedAndShowsDefaults) {
  const Folder folder;
  const Outcome run = folder.run("--help");
  EXPECT_EQ(run.exit_code, 0);
  for (const char* group : {"Size:", "Content:", "Output:", "Model:", "Network:"})
    EXPECT_THAT(run.out, HasSubstr(group));
  EXPECT_THAT(run.out, HasSubstr("Qwen/Qwen3-30B-A3B-Instruct-2507"));
  EXPECT_THAT(run.out, HasSubstr("[50]"));
}

TEST(OptionsTest, HelpDoesNotShowTheKey) {
  const Folder folder;
  EXPECT_THAT(folder.run("--help", "OPENAI_API_KEY=sk-hidden").out, Not(HasSubstr("sk-hidden")));
}

TEST(OptionsTest, SaysItsVersion) {
  const Folder folder;
  EXPECT_THAT(folder.run("--version").out, StartsWith("synthv1 "));
}

TEST(OptionsTest, CompletionsListTheOptions) {
  const Folder folder;
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const Outcome run = folder.run(std::string("completions ") + shell);
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_THAT(run.out, HasSubstr("num_sessions"));
    EXPECT_THAT(run.out, HasSubstr("validate"));
  }
}

}  // namespace
}  // namespace synthv1::test
