// SPDX-License-Identifier: Apache-2.0
// The built program with the embedded writer: files, layouts, sameness, golden records.
#include "synthv1/base/json_parse.h"
#include "tests/cli/run_binary.h"

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

using testing::HasSubstr;

std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(EmbeddedTest, WritesARecordAndSaysWhatIsInIt) {
  const Folder folder;
  const Outcome run = folder.run("--model builtin --seed 1");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(folder.listing(), "processed_synth.json");
  EXPECT_THAT(run.out, HasSubstr("=== Generating dataset 1/1 ===\nGenerated 50 dates: 2024-"));
  EXPECT_THAT(run.out, HasSubstr("\nGenerated 100 questions\n\n   - Task ID: consumption_tracking_"));
  EXPECT_THAT(run.out, HasSubstr("\n   - Seed: 1\n"));
  EXPECT_THAT(run.out, HasSubstr("✅ Dataset written to: processed_synth.json\n"));
  EXPECT_EQ(run.err, "");
}

TEST(EmbeddedTest, ValidatesWhatItWrites) {
  const Folder folder;
  folder.run("--model builtin --seed 7 --out a.json");
  folder.run("--model builtin --seed 8 --language zh --num_records 3 --out b.jsonl");
  folder.run("--model builtin --seed 9 --fast --num_records 2 --out c.json");
  const Outcome run = folder.run("validate a.json b.jsonl c.json");
  EXPECT_EQ(run.exit_code, 0) << run.out << run.err;
}

TEST(EmbeddedTest, SameSeedSameBytesWhateverTheThreads) {
  const Folder folder;
  folder.run("--model builtin --seed 3 --num_records 12 --threads 1 --out a.jsonl");
  folder.run("--model builtin --seed 3 --num_records 12 --threads 5 --out b.jsonl");
  EXPECT_NE(folder.read("a.jsonl"), "");
  EXPECT_EQ(folder.read("a.jsonl"), folder.read("b.jsonl"));
}

TEST(EmbeddedTest, ARecordDoesNotDependOnHowManyThereAre) {
  const Folder folder;
  folder.run("--model builtin --seed 3 --num_records 2 --out a.jsonl");
  folder.run("--model builtin --seed 3 --num_records 5 --out b.jsonl");
  EXPECT_THAT(folder.read("b.jsonl"), testing::StartsWith(folder.read("a.jsonl")));
}

TEST(EmbeddedTest, LayoutsOfAJsonFile) {
  const Folder folder;
  folder.run("--model builtin --fast --seed 1 --out one.json");
  folder.run("--model builtin --fast --seed 1 --out array.json --layout array");
  folder.run("--model builtin --fast --seed 1 --out several.json --num_records 2");
  EXPECT_TRUE(json::parse(folder.read("one.json"))->is_object());
  const auto array = json::parse(folder.read("array.json"));
  ASSERT_TRUE(array->is_array());
  EXPECT_EQ(array->as_array()->size(), 1u);
  EXPECT_EQ(array->as_array()->front(), *json::parse(folder.read("one.json")));
  EXPECT_EQ(json::parse(folder.read("several.json"))->as_array()->size(), 2u);
}

TEST(EmbeddedTest, StandardOutputHoldsOnlyLines) {
  const Folder folder;
  const Outcome run = folder.run("--model builtin --fast --seed 1 --num_records 2 --out -");
  ASSERT_EQ(run.exit_code, 0);
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 2);
  EXPECT_THAT(run.err, HasSubstr("Task ID"));
  folder.run("--model builtin --fast --seed 1 --num_records 2 --out x.jsonl");
  EXPECT_EQ(run.out, folder.read("x.jsonl"));
}

TEST(EmbeddedTest, NoQuestionsIsARightWish) {
  const Folder folder;
  const Outcome run = folder.run("--model builtin --fast --seed 1 --num_questions 0 --out x.json");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_TRUE(json::parse(folder.read("x.json"))->find("questions")->as_array()->empty());
}

TEST(EmbeddedTest, ACatalogueLaidOverTheDefaultOne) {
  const Folder folder;
  folder.write("own.toml", R"(remove = ["Dining/Coffee", "Other"]
[[scenes]]
name = "Garden"
zh = "园艺"
subscenes = [ { name = "Seeds", zh = "种子", price = [5, 30], steps = [0.5] } ]
[[question_types]]
name = "count_of_scene"
select = "count"
range = "always"
scenes = [1, 1]
en = { question = "How many {scenes} transactions were there from {start} to {end}?" }
zh = { question = "从{start}到{end}，{scenes}有几笔消费？" }
)");
  const Outcome run = folder.run("--model builtin --seed 2 --catalog own.toml --out x.json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const std::string text = folder.read("x.json");
  EXPECT_THAT(text, HasSubstr("\"Garden\""));
  EXPECT_THAT(text, HasSubstr("\"subscene\": \"Seeds\""));
  EXPECT_THAT(text, HasSubstr("count_of_scene"));
  EXPECT_THAT(text, testing::Not(HasSubstr("\"subscene\": \"Coffee\"")));
  const Outcome validated = folder.run("validate x.json");
  EXPECT_EQ(validated.exit_code, 0) << validated.out << validated.err;
  EXPECT_THAT(folder.run("catalog --catalog own.toml").out, HasSubstr("Garden"));
}

TEST(EmbeddedTest, FaultsOfACatalogueNameItsLine) {
  const Folder folder;
  folder.write("own.toml", "[[scenes]]\nname = \"Garden\"\nsubscene = []\n");
  const Outcome run = folder.run("--model builtin --catalog own.toml");
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("own.toml:3: there is no key 'subscene' here; did you mean 'subscenes'?"));
}

/// The golden records change only by `./dev approve`.
TEST(EmbeddedTest, GoldenRecords) {
  const Folder folder;
  for (const std::string language : {"en", "zh"}) {
    for (const std::string seed : {"1", "2", "3"}) {
      const std::string name = language + "-" + seed + ".json";
      folder.run("--model builtin --fast --language " + language + " --seed " + seed + " --out " + name);
      EXPECT_EQ(folder.read(name), slurp(SOURCE_DIR "/tests/golden/" + name)) << name;
    }
  }
}

}  // namespace
}  // namespace synthv1::test
