// SPDX-License-Identifier: Apache-2.0
#include "synthv1/catalogue/catalogue.h"
#include "tests/catalogue/small_catalogue.h"

#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

/// "Dining/Coffee", or "none".
std::string folded(std::string_view scene, std::string_view subscene) {
  const Catalogue& catalogue = default_catalogue();
  const auto pair = catalogue.fold_pair(scene, subscene);
  return pair ? catalogue.scene_of(*pair).name + "/" + catalogue.pair(*pair).name : "none";
}

TEST(FoldPair, EverySpellingOfTheCatalogueItself) {
  const Catalogue& catalogue = default_catalogue();
  for (std::size_t i = 0; i < catalogue.pairs.size(); ++i) {
    const Pair& pair = catalogue.pairs[i];
    const Scene& scene = catalogue.scene(pair.scene);
    const auto id = static_cast<PairId>(i);
    EXPECT_EQ(catalogue.find_pair(scene.name, pair.name), id);
    EXPECT_EQ(catalogue.fold_pair(scene.name, pair.name), id);
    EXPECT_EQ(catalogue.fold_pair(scene.chinese, pair.chinese), id);
    EXPECT_EQ(catalogue.fold_pair(scene.name, pair.chinese), id);
    for (const std::string& alias : pair.aliases)
      EXPECT_EQ(catalogue.fold_pair(scene.name, alias), id) << alias;
    for (const std::string& alias : scene.aliases)
      EXPECT_EQ(catalogue.fold_pair(alias, pair.name), id) << alias;
  }
}

TEST(FoldPair, CaseSpacesAndHyphens) {
  EXPECT_EQ(folded("dining", "HOT POT"), "Dining/Hot Pot");
  EXPECT_EQ(folded("Dining", "hotpot"), "Dining/Hot Pot");
  EXPECT_EQ(folded("Dining", "Hot-Pot"), "Dining/Hot Pot");
  EXPECT_EQ(folded("DINING", "fast_food"), "Dining/Fast Food");
  EXPECT_EQ(folded("entertainment", "ktv"), "Entertainment/KTV");
}

TEST(FoldPair, AndInEveryForm) {
  EXPECT_EQ(folded("Utilities", "Water and Electricity"), "Utilities/Water & Electricity");
  EXPECT_EQ(folded("Utilities", "water/electricity"), "none");
  EXPECT_EQ(folded("Other", "Beauty＆Salon"), "Other/Beauty & Salon");
  EXPECT_EQ(folded("Education", "Books&Materials"), "Education/Books & Materials");
}

TEST(FoldPair, Width) {
  EXPECT_EQ(folded("Ｄｉｎｉｎｇ", "ＢＢＱ"), "Dining/BBQ");
  EXPECT_EQ(folded("娱乐", "ＫＴＶ"), "Entertainment/KTV");
  EXPECT_EQ(folded("Dining", "Bubble　Tea"), "Dining/Bubble Tea");
}

TEST(FoldPair, ChineseNamesAndAliases) {
  EXPECT_EQ(folded("餐饮", "咖啡"), "Dining/Coffee");
  EXPECT_EQ(folded("水电费", "水电"), "Utilities/Water & Electricity");
  EXPECT_EQ(folded("Transport", "Metro"), "Transportation/Subway");
  EXPECT_EQ(folded("交通", "打车"), "Transportation/Taxi");
  EXPECT_EQ(folded("Dining", "Café"), "Dining/Coffee");
}

TEST(FoldPair, ASubsceneBelongsToItsScene) {
  EXPECT_EQ(folded("Transportation", "Coffee"), "none");
  EXPECT_EQ(folded("Utilities", "Gas"), "none");
  EXPECT_EQ(folded("Transportation", "Gas"), "Transportation/Gas");
  EXPECT_EQ(folded("Nowhere", "Coffee"), "none");
  EXPECT_EQ(folded("", ""), "none");
  EXPECT_EQ(folded("Dining", ""), "none");
}

TEST(FoldPair, IdentifiersWinOverAliases) {
  const Catalogue small = read_catalogue(small_with()).value();
  EXPECT_EQ(small.fold_pair("Food", "tea"), PairId{0});
  EXPECT_EQ(small.fold_pair("Home", "tea"), PairId{2});
}

}  // namespace
}  // namespace synthv1::test
