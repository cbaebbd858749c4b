// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/catalogue.h"

#include <string>
#include <string_view>
#include <vector>

namespace synthv1::test {

/// Two scenes, three subscenes, two question types and a few phrases.
inline constexpr std::string_view kSmall = R"(
[[scenes]]
name = "Food"
zh = "吃的"
aliases = ["Meals & Drinks"]
subscenes = [
  { name = "Tea", zh = "茶", aliases = ["Green Tea", "Cuppa"] },
  { name = "Cake", price = [5, 30.5], steps = [1, 0.25], company = 40 },
]

[[scenes]]
name = "Home"
subscenes = [{ name = "Rent", aliases = ["Tea"] }]

[[question_types]]
name = "total"
fixed = 1
en.question = "How much in all?"

[[question_types]]
name = "best"
select = "argmax"
by = "scene"
range = "later"
en.question = "Which scene?"

[en.Food.Tea]
items = [{ item = "a pot of tea", price = [8, 18] }]
merchants = ["the corner shop", "Leaf"]
tell = ["{item} at {merchant}, {amount}."]

[en.general]
tell = ["{item}, {amount}."]
talk = [{ ask = ["How was it?"], answers = [["Fine.", "Good.", "Nice."], ["So so.", "Oh."]] }]

[ranges.en]
explicit = ["from {start} to {end}"]

[prompts.en]
session_system = "Write."
)";

/// The small catalogue with these texts laid over it, called "one.toml", "two.toml".
inline std::vector<CatalogueSource> small_with(std::string first = {}, std::string second = {}) {
  std::vector<CatalogueSource> sources = {{.name = "small.toml", .text = std::string(kSmall)}};
  if (!first.empty()) sources.push_back({.name = "one.toml", .text = std::move(first)});
  if (!second.empty()) sources.push_back({.name = "two.toml", .text = std::move(second)});
  return sources;
}

/// "Food/Tea", "Food/Cake", "Home/Rent".
inline std::vector<std::string> pair_names(const Catalogue& catalogue) {
  std::vector<std::string> names;
  for (const Pair& pair : catalogue.pairs)
    names.push_back(catalogue.scene(pair.scene).name + "/" + pair.name);
  return names;
}

}  // namespace synthv1::test
