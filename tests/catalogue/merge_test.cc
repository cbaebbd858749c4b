// SPDX-License-Identifier: Apache-2.0
#include "synthv1/catalogue/archive.h"
#include "synthv1/catalogue/catalogue.h"
#include "tests/catalogue/phrase_text.h"
#include "tests/catalogue/small_catalogue.h"

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Catalogue read(const std::vector<CatalogueSource>& sources) {
  auto catalogue = read_catalogue(sources);
  if (!catalogue) ADD_FAILURE() << catalogue.error().message;
  return catalogue ? std::move(*catalogue) : Catalogue();
}
Catalogue overlaid(std::string first, std::string second = {}) {
  return read(small_with(std::move(first), std::move(second)));
}

const Phrases& english(const Catalogue& catalogue) { return catalogue.phrases[0]; }

TEST(ReadCatalogue, FillsThePlainTables) {
  const Catalogue catalogue = read(small_with());
  EXPECT_THAT(pair_names(catalogue), ElementsAre("Food/Tea", "Food/Cake", "Home/Rent"));
  EXPECT_EQ(catalogue.scenes[0].chinese, "吃的");
  EXPECT_EQ(catalogue.scenes[1].chinese, "Home");
  EXPECT_EQ(catalogue.pairs[1].low, 500);
  EXPECT_EQ(catalogue.pairs[1].high, 3050);
  EXPECT_THAT(catalogue.pairs[1].steps, ElementsAre(100, 25));
  EXPECT_EQ(catalogue.pairs[1].company, 40);
  EXPECT_EQ(catalogue.pairs[2].low, 1000);
  EXPECT_EQ(catalogue.pairs[2].high, 20000);
  EXPECT_THAT(catalogue.pairs[2].steps, ElementsAre(100, 50, 1));
  EXPECT_EQ(catalogue.prompt("session_system", Language::english), "Write.");
  EXPECT_EQ(catalogue.range_wordings[0].at("explicit").size(), 1U);
  EXPECT_EQ(catalogue.hash.size(), 16U);
}

TEST(ReadCatalogue, ReadsPhrasesItemsAndTalks) {
  const Catalogue catalogue = read(small_with());
  const Phrases& phrases = english(catalogue);
  const SubscenePhrases& tea = phrases.subscenes.at(0);
  EXPECT_THAT(texts(phrases, tea.merchants), ElementsAre("the corner shop", "Leaf"));
  EXPECT_THAT(texts(phrases, tea.tell), ElementsAre("{item} at {merchant}, {amount}."));
  ASSERT_EQ(tea.items.count, 1U);
  const Item& pot = phrases.items[tea.items.first];
  EXPECT_THAT(texts(phrases, {pot.item, 2}), ElementsAre("a pot of tea", "pot of tea"));
  EXPECT_EQ(pot.low, 800);
  EXPECT_EQ(pot.high, 1800);
  const Talk& talk = phrases.talks.at(phrases.general_talks.first);
  EXPECT_THAT(texts(phrases, talk.ask), ElementsAre("How was it?"));
  ASSERT_EQ(talk.rows.count, 2U);
  const TalkRow& row = phrases.rows[talk.rows.first];
  EXPECT_THAT(texts(phrases, {row.user, 1}), ElementsAre("Fine."));
  EXPECT_THAT(texts(phrases, row.replies), ElementsAre("Good.", "Nice."));
  EXPECT_EQ(phrases.subscenes.at(2).tell.count, 0U);
  EXPECT_TRUE(catalogue.phrases[1].fragments.empty());
}

TEST(ReadCatalogue, TagsOfPhrasesItemsAndTalks) {
  const Catalogue catalogue = overlaid(R"(
[en.general]
bye = [{ text = "Bye, {name} and {who}.", when = ["winter", "!weekend"] }]
talk = [{ when = ["dog"], answers = [[{ text = "Walked {pet}.", when = ["!alone"] }, "Nice."]] }]
[en.Food.Cake]
items = [{ item = "a slice for {who}", price = [5, 6], when = ["!january"] }]
)");
  const Phrases& phrases = english(catalogue);
  const auto condition_of = [&](std::uint32_t index) {
    return phrases.condition_of(phrases.fragments[index]);
  };
  const Condition bye = condition_of(phrases.general_group(General::bye).first);
  EXPECT_EQ(bye.needs, tag("winter") | tag("with") | tag("has_who"));
  EXPECT_EQ(bye.excludes, tag("weekend"));
  const Talk& talk = phrases.talks.at(phrases.general_talks.first);
  EXPECT_EQ(talk.condition.needs, tag("dog"));
  EXPECT_EQ(condition_of(phrases.rows[talk.rows.first].user).excludes, tag("alone"));
  const Item& slice = phrases.items[phrases.subscenes[1].items.first];
  EXPECT_EQ(slice.condition.needs, tag("with") | tag("has_who"));
  EXPECT_EQ(slice.condition.excludes, tag("january"));
}

TEST(LayOver, TablesMergeKeyByKey) {
  const Catalogue catalogue = overlaid(R"(
[en.Food.Tea]
merchants = ["Stall"]
[prompts.en]
session_first = "First."
)");
  const SubscenePhrases& tea = english(catalogue).subscenes.at(0);
  EXPECT_THAT(texts(english(catalogue), tea.merchants), ElementsAre("Stall"));
  EXPECT_EQ(tea.tell.count, 1U);
  EXPECT_EQ(tea.items.count, 1U);
  EXPECT_EQ(catalogue.prompt("session_system", Language::english), "Write.");
  EXPECT_EQ(catalogue.prompt("session_first", Language::english), "First.");
}

TEST(LayOver, NamedListsMergeByName) {
  const Catalogue catalogue = overlaid(R"(
[[scenes]]
name = "Travel"
subscenes = [{ name = "Visa" }]
[[scenes]]
name = "Food"
zh = "饮食"
subscenes = [{ name = "Plum" }, { name = "Cake", company = 7 }]
[[question_types]]
name = "total"
en.question = "How much altogether?"
)");
  EXPECT_THAT(pair_names(catalogue),
              ElementsAre("Food/Tea", "Food/Cake", "Food/Plum", "Home/Rent", "Travel/Visa"));
  EXPECT_EQ(catalogue.scenes[0].chinese, "饮食");
  EXPECT_THAT(catalogue.scenes[0].aliases, ElementsAre("Meals & Drinks"));
  EXPECT_EQ(catalogue.pairs[1].company, 7);
  EXPECT_EQ(catalogue.pairs[1].low, 500);
  ASSERT_EQ(catalogue.question_types.size(), 2U);
  EXPECT_EQ(catalogue.question_types[0].wording[0].question, "How much altogether?");
  EXPECT_EQ(catalogue.question_types[0].fixed, 1);
}

TEST(LayOver, ThreadsMergeByName) {
  const std::string news = R"(
[[en.threads]]
name = "NAME"
beats = [{ answers = [["BEAT", "Oh."]] }]
)";
  const auto thread = [&](std::string name, std::string beat) {
    std::string text = news;
    text.replace(text.find("NAME"), 4, name).replace(text.find("BEAT"), 4, beat);
    return text;
  };
  const Catalogue catalogue =
      overlaid(thread("moving", "We move.") + thread("boat", "A boat."), thread("moving", "We stay."));
  const Phrases& phrases = english(catalogue);
  std::vector<std::string> told;
  for (const Thread& each : phrases.threads) {
    told.push_back(texts(phrases, {phrases.rows[phrases.talks[each.talks.first].rows.first].user, 1}).at(0));
  }
  EXPECT_THAT(told, ElementsAre("We stay.", "A boat."));
}

TEST(LayOver, LaterSourcesWin) {
  const Catalogue catalogue =
      overlaid("[en.general]\ntell = [\"One, {amount}.\"]\n", "[en.general]\ntell = [\"Two, {amount}.\"]\n");
  EXPECT_THAT(texts(english(catalogue), english(catalogue).general_group(General::tell)),
              ElementsAre("Two, {amount}."));
}

TEST(Remove, TakesScenesSubscenesAndTypesAway) {
  EXPECT_THAT(pair_names(overlaid("remove = [\"Food\"]")), ElementsAre("Home/Rent"));
  const Catalogue catalogue = overlaid("remove = [\"Food/Tea\", \"best\"]");
  EXPECT_THAT(pair_names(catalogue), ElementsAre("Food/Cake", "Home/Rent"));
  ASSERT_EQ(catalogue.question_types.size(), 1U);
  EXPECT_EQ(catalogue.question_types[0].name, "total");
  EXPECT_TRUE(english(catalogue).items.empty());
}

TEST(Remove, ComesBeforeTheRestOfItsFile) {
  const Catalogue catalogue = overlaid(R"(
remove = ["Food/Tea"]
[[scenes]]
name = "Food"
subscenes = [{ name = "Tea", zh = "新茶" }]
)");
  EXPECT_THAT(pair_names(catalogue), ElementsAre("Food/Cake", "Food/Tea", "Home/Rent"));
  EXPECT_EQ(catalogue.pairs[1].chinese, "新茶");
  EXPECT_THAT(catalogue.pairs[1].aliases, IsEmpty());
  EXPECT_EQ(english(catalogue).subscenes.at(1).tell.count, 0U);
}

TEST(MergeCatalogue, ReadsAsTheSourcesTogether) {
  const auto sources = small_with(R"(
remove = ["Home"]
[[scenes]]
name = "Food"
subscenes = [{ name = "Plum Pie", zh = "李子派", price = [3.25, 4] }]
[en.Food."Plum Pie"]
tell = ["'Plum' \\ {item}[|!] {amount}", { text = "Pie: {amount}", when = ["!winter"] }]
)");
  const std::string merged = merge_catalogue(sources).value();
  const std::vector<CatalogueSource> alone = {{.name = "merged.toml", .text = merged}};
  EXPECT_EQ(pack_catalogue(read(alone)), pack_catalogue(read(sources)));
  EXPECT_EQ(read(alone).hash, read(sources).hash);
  EXPECT_EQ(merge_catalogue(alone).value(), merged);
}

TEST(Hash, ChangesWithTheContent) {
  EXPECT_EQ(read(small_with()).hash, read(small_with("# a comment\n")).hash);
  EXPECT_NE(read(small_with()).hash, overlaid("[en.general]\nbye = [\"Bye.\"]\n").hash);
}

TEST(Archive, RoundTripEquals) {
  const Catalogue catalogue = read(small_with());
  const std::string bytes = pack_catalogue(catalogue);
  const Catalogue again = unpack_catalogue(bytes);
  EXPECT_EQ(pack_catalogue(again), bytes);
  EXPECT_EQ(pair_names(again), pair_names(catalogue));
  EXPECT_EQ(again.pairs[0].aliases, catalogue.pairs[0].aliases);
  EXPECT_EQ(again.pairs[1].steps, catalogue.pairs[1].steps);
  EXPECT_EQ(again.prompts, catalogue.prompts);
  EXPECT_EQ(again.range_wordings, catalogue.range_wordings);
  EXPECT_EQ(again.question_types[1].wording[0].question, "Which scene?");
  EXPECT_EQ(english(again).code, english(catalogue).code);
  EXPECT_EQ(again.fold_pair("meals and drinks", "cuppa"), PairId{0});
}

TEST(Archive, CutBytesAreNoticed) {
  const std::string bytes = pack_catalogue(read(small_with()));
  for (std::size_t size = 0; size < bytes.size(); size += 61) {
    EXPECT_THROW(unpack_catalogue(std::string_view(bytes).substr(0, size)), std::exception) << size;
  }
}

}  // namespace
}  // namespace synthv1::test
