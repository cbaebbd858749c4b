// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/render.h"

#include "synthv1/catalogue/phrase_compiler.h"

#include <map>
#include <string>

#include <gmock/gmock.h>

namespace synthv1 {
namespace {

using testing::UnorderedElementsAre;

Filling filling() {
  Filling values;
  values[Slot::item] = "a flat white";
  values[Slot::merchant] = "the corner café";
  values[Slot::amount] = "28.5 yuan";
  values[Slot::friend_name] = "mia";
  return values;
}

std::string rendered(std::string_view phrase, std::string before = {}, std::uint64_t seed = 1) {
  std::string code;
  EXPECT_TRUE(compile_phrase(phrase, code));
  RandomStream random(seed);
  render(code, filling(), random, before);
  return before;
}

TEST(Render, FillsSlots) {
  EXPECT_EQ(rendered("I had {item} at {merchant}, {amount}."),
            "I had a flat white at the corner café, 28.5 yuan.");
  EXPECT_EQ(rendered("Nothing."), "Nothing.");
  EXPECT_EQ(rendered("<{pet}>"), "<>");
}

TEST(Render, AppendsToTheLine) {
  EXPECT_EQ(rendered("Then {item}.", "First. "), "First. Then a flat white.");
}

TEST(Render, BeginsSentencesWithACapital) {
  EXPECT_EQ(rendered("{item}. {item}! {merchant}? {friend}: {item}, {item}"),
            "A flat white. A flat white! The corner café? Mia: a flat white, a flat white");
  EXPECT_EQ(rendered("{item}", "So: "), "So: a flat white");
  EXPECT_EQ(rendered("{item}", "So. "), "So. A flat white");
  EXPECT_EQ(rendered("{amount}."), "28.5 yuan.");
  EXPECT_EQ(rendered("[{item}|{item}]"), "A flat white");
}

TEST(Render, DrawsEveryAlternative) {
  std::map<std::string, int> drawn;
  for (std::uint64_t seed = 0; seed < 600; ++seed) ++drawn[rendered("[one|two {amount}|][!|?]", {}, seed)];
  EXPECT_EQ(drawn.size(), 6U);
  for (const auto& [text, count] : drawn) EXPECT_NEAR(count, 100, 40) << text;
}

TEST(Render, AlternativesAreAFunctionOfTheStream) {
  const std::string phrase = "[a|b|c|d][a|b|c|d][a|b|c|d][a|b|c|d]";
  EXPECT_EQ(rendered(phrase, {}, 7), rendered(phrase, {}, 7));
  EXPECT_NE(rendered(phrase, {}, 7), rendered(phrase, {}, 8));
}

TEST(Filling, FitsWhatItsTagsAllow) {
  Filling winter;
  winter.tags = tag("winter") | tag("dog");
  EXPECT_TRUE(winter.fits({0, 0}));
  EXPECT_TRUE(winter.fits({tag("winter"), tag("cat")}));
  EXPECT_TRUE(winter.fits({tag("winter") | tag("dog"), 0}));
  EXPECT_FALSE(winter.fits({tag("winter") | tag("cat"), 0}));
  EXPECT_FALSE(winter.fits({0, tag("dog") | tag("cat")}));
}

}  // namespace
}  // namespace synthv1
