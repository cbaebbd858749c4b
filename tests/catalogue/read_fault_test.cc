// SPDX-License-Identifier: Apache-2.0
#include "synthv1/catalogue/catalogue.h"
#include "tests/catalogue/small_catalogue.h"

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

struct Fault {
  std::string text;  ///< laid over the small catalogue
  std::string where;
  std::string what;
};

void expect_refused(const Fault& fault) {
  const auto catalogue = read_catalogue(small_with(fault.text));
  ASSERT_FALSE(catalogue) << fault.text;
  EXPECT_EQ(catalogue.error().kind, ErrorKind::usage);
  EXPECT_THAT(catalogue.error().message, AllOf(StartsWith(fault.where + ": "), HasSubstr(fault.what)))
      << fault.text;
  EXPECT_EQ(merge_catalogue(small_with(fault.text)).error().message, catalogue.error().message);
}

TEST(CatalogueFaults, TomlItself) {
  expect_refused({"\n\nname = \n", "one.toml:3", ""});
  expect_refused({"a = 1\na = 2\n", "one.toml:2", "redefine"});
  expect_refused({"a = \"\xff\"\n", "one.toml:1", ""});
}

TEST(CatalogueFaults, UnknownKeysNameTheNearest) {
  expect_refused(
      {"\n[[scene]]\nname = \"x\"\n", "one.toml:2", "no key 'scene' here; did you mean 'scenes'?"});
  expect_refused({"[[scenes]]\nname = \"Food\"\nsubscene = []\n", "one.toml:3", "did you mean 'subscenes'?"});
  expect_refused({"[en.Food.Tea]\nmerchant = [\"a\"]\n", "one.toml:2", "did you mean 'merchants'?"});
  expect_refused({"[en.Food.Tea]\ntel = [\"a\"]\n", "one.toml:2", "did you mean 'tell'?"});
  expect_refused({"[en.Food.Tea]\ntell = [\n{ text = \"{amount}\", wen = [\"winter\"] }]\n", "one.toml:3",
                  "did you mean 'when'?"});
  expect_refused({"[en.general]\nbyes = [\"a\"]\n", "one.toml:2", "did you mean 'bye'?"});
  expect_refused({"[en.persona]\ncity = [\"a\"]\n", "one.toml:2", "there are people, cities"});
  expect_refused(
      {"[[question_types]]\nname = \"t\"\nselects = \"sum\"\n", "one.toml:3", "did you mean 'select'?"});
  expect_refused(
      {"[[question_types]]\nname = \"t\"\nen.questions = \"q\"\n", "one.toml:3", "did you mean 'question'?"});
  expect_refused(
      {"[prompts.fr]\nsession_system = \"Bonjour\"\n", "one.toml:1", "no key 'fr' here; there are en, zh"});
  expect_refused({"[ranges.eng]\nexplicit = [\"a\"]\n", "one.toml:1", "did you mean 'en'?"});
}

TEST(CatalogueFaults, UnknownSubscenesNameTheNearest) {
  expect_refused({"[en.Food.Tee]\ntell = [\"{amount}\"]\n", "one.toml:1",
                  "no subscene 'Food/Tee'; did you mean 'Food/Tea'?"});
  expect_refused({"\n[zh.Nowhere.Land]\n", "one.toml:2", "no subscene 'Nowhere/Land'"});
  expect_refused(
      {"remove = [\"Food/Tea\"]\n[en.Food.Tea]\ntell = [\"{amount}\"]\n", "one.toml:2", "'Food/Tea'"});
}

TEST(CatalogueFaults, ScenesAndPrices) {
  const auto subscene = [](std::string keys) {
    return "[[scenes]]\nname = \"Food\"\nsubscenes = [\n{ name = \"Pie\", " + std::move(keys) + " }]\n";
  };
  expect_refused({subscene("price = [9]"), "one.toml:4", "price = [lowest, highest]"});
  expect_refused({subscene("price = [9, 8]"), "one.toml:4", "the lowest price comes first"});
  expect_refused({subscene("price = [0, 8]"), "one.toml:4", "positive number of yuan"});
  expect_refused({subscene("price = [-1, 8]"), "one.toml:4", "positive number of yuan"});
  expect_refused({subscene("price = [nan, 8]"), "one.toml:4", "positive number of yuan"});
  expect_refused({subscene("price = [1, inf]"), "one.toml:4", "positive number of yuan"});
  expect_refused({subscene("price = [1, \"8\"]"), "one.toml:4", "positive number of yuan"});
  expect_refused({subscene("price = [1, 8.005]"), "one.toml:4", "at most two decimals"});
  expect_refused({subscene("steps = [0.001]"), "one.toml:4", "at most two decimals"});
  expect_refused({subscene("company = 101"), "one.toml:4", "from 0 to 100"});
  expect_refused({subscene("company = 1.5"), "one.toml:4", "from 0 to 100"});
  expect_refused({subscene("aliases = \"Tart\""), "one.toml:4", "'aliases' is a list"});
  expect_refused({"[[scenes]]\nname = \"Empty\"\n", "one.toml:1", "scene 'Empty' has no subscenes"});
  expect_refused(
      {"[[scenes]]\nname = \"New\"\nsubscenes = [{ zh = \"x\" }]\n", "one.toml:3", "'name' is missing"});
  expect_refused({"[[scenes]]\nname = \"New\"\nsubscenes = [{ name = \"A\" },\n{ name = \"A\" }]\n",
                  "one.toml:4", "subscene 'A' stands twice"});
  expect_refused({"scenes = []\n", "catalogue", "it has no scenes"});
}

TEST(CatalogueFaults, Phrases) {
  const auto tell = [](std::string phrase) {
    return "[en.Food.Tea]\ntell = [\n" + std::move(phrase) + "]\n";
  };
  expect_refused({tell("\"Tea for {amount} or 5.\""), "one.toml:3", "numbers as words"});
  expect_refused({tell("\"Tea for {amont}.\""), "one.toml:3", "{amount}"});
  expect_refused({tell("\"Tea.\""), "one.toml:3", "a phrase of 'tell' holds {amount} once"});
  expect_refused(
      {tell("\"{amount} and {amount}.\""), "one.toml:3", "a phrase of 'tell' holds {amount} once"});
  expect_refused({tell("7"), "one.toml:3", "a phrase"});
  expect_refused({tell("{ when = [\"winter\"] }"), "one.toml:3", "tell"});
  expect_refused(
      {tell("{ text = \"{amount}\", when = [\"wintre\"] }"), "one.toml:3", "did you mean 'winter'?"});
  expect_refused({tell("{ text = \"{amount}\", when = [\"!has_who\"] }"), "one.toml:3", "no tag 'has_who'"});
  expect_refused({tell("{ text = \"{amount}\", when = \"winter\" }"), "one.toml:3", "'when' is a list"});
  expect_refused({"[en.Food]\nTea = 5\n", "one.toml:2", "this is a table"});
  expect_refused({"[en.Food.Tea]\ntell = \"{amount}\"\n", "one.toml:2", "'tell' is a list"});
}

TEST(CatalogueFaults, ItemsAndTalks) {
  const auto items = [](std::string item) { return "[en.Food.Tea]\nitems = [\n" + std::move(item) + "]\n"; };
  expect_refused({items("\"tea\""), "one.toml:3", "an item is {"});
  expect_refused({items("{ price = [1, 2] }"), "one.toml:3", "'item' is missing"});
  expect_refused({items("{ item = \"tea\" }"), "one.toml:3", "price = [low, high]"});
  expect_refused({items("{ item = \"tea\", price = [2, 1] }"), "one.toml:3", "the lowest price comes first"});
  expect_refused(
      {items("{ item = \"tea\", price = [1, 2], prise = 1 }"), "one.toml:3", "did you mean 'price'?"});
  const auto talk = [](std::string text) { return "[en.general]\ntalk = [\n" + std::move(text) + "]\n"; };
  expect_refused({talk("{ ask = [\"a\"] }"), "one.toml:3", "a talk has answers"});
  expect_refused({talk("{ answers = [] }"), "one.toml:3", "a talk has answers"});
  expect_refused({talk("{ answers = [\n[\"only the user\"]] }"), "one.toml:4", "[user turn, reply, ...]"});
  expect_refused({talk("{ answers = [\n[\"two 2\", \"b\"]] }"), "one.toml:4", "numbers as words"});
  expect_refused({talk("\"a\""), "one.toml:3", "a talk is {"});
  expect_refused({talk("{ asks = [\"a\"], answers = [] }"), "one.toml:3", "did you mean 'ask'?"});
  expect_refused({"[en]\nthreads = 5\n", "one.toml:2", "[[en.threads]]"});
}

TEST(CatalogueFaults, QuestionTypes) {
  const auto type = [](std::string keys) {
    return "[[question_types]]\nname = \"t\"\n" + std::move(keys) + "\n";
  };
  expect_refused({type("select = \"summ\""), "one.toml:3", "one of sum, count"});
  expect_refused({type("select = \"argmax\""), "one.toml:1", "'by' says what argmax groups by"});
  expect_refused({type("by = \"date\""), "one.toml:1", "'by' says what argmax groups by"});
  expect_refused({type("scenes = [0, 2]"), "one.toml:3", "from 1 to 8"});
  expect_refused({type("scenes = [3, 2]"), "one.toml:3", "from 3 to 8"});
  expect_refused({type("scenes = 3"), "one.toml:3", "'scenes' is a list"});
  expect_refused({type("fixed = 0"), "one.toml:3", "from 1 to 100"});
  expect_refused({type("date = \"yes\""), "one.toml:3", "'date' is true or false"});
  expect_refused({type("date = true\nrange = \"always\""), "one.toml:1", "not by both"});
  expect_refused({type("en = \"How much?\""), "one.toml:3", "a wording is a table"});
  expect_refused({type("en.asks = [\"much\"]"), "one.toml:3", "'question' is missing"});
}

TEST(CatalogueFaults, Remove) {
  expect_refused({"\nremove = [\"Fod\"]\n", "one.toml:2", "nothing in the catalogue is named 'Fod'"});
  expect_refused({"remove = [\"Food/Tee\"]\n", "one.toml:1", "'Food/Tee'"});
  expect_refused({"remove = [5]\n", "one.toml:1", "remove lists names"});
  expect_refused({"remove = \"Food\"\n", "one.toml:1", "'remove' is a list"});
}

TEST(CatalogueFaults, TheSourceThatIsWrongIsNamed) {
  const auto refused =
      read_catalogue(small_with("[en.general]\nbye = [\"Bye.\"]\n", "\n\n[en.general]\nby = []\n"));
  EXPECT_THAT(refused.error().message, StartsWith("two.toml:4: "));
}

}  // namespace
}  // namespace synthv1::test
