// SPDX-License-Identifier: Apache-2.0
#include "synthv1/catalogue/catalogue.h"
#include "synthv1/catalogue/read_phrases.h"
#include "synthv1/catalogue/toml_tables.h"

#include <algorithm>
#include <set>
#include <sstream>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::array<std::string_view, 7> kRootKeys = {"scenes", "question_types", "prompts", "ranges", "en",
                                                       "zh",     "remove"};
constexpr std::array<std::string_view, 4> kSceneKeys = {"name", "zh", "aliases", "subscenes"};
constexpr std::array<std::string_view, 6> kSubsceneKeys = {"name",  "zh",    "aliases",
                                                           "price", "steps", "company"};
constexpr std::array<std::string_view, 12> kTypeKeys = {
    "name", "select", "by", "of", "range", "scenes", "subscenes", "date", "fixed", "cap_zero", "en", "zh"};
constexpr std::array<std::string_view, 5> kWordingKeys = {"question", "ranged", "rewrites", "ranged_rewrites",
                                                          "asks"};
constexpr std::size_t kMaxScenes = 1000;

std::string hex_hash(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return fmt::format("{:016x}", hash);
}

const toml::table& as_table(const toml::node& node, std::string_view what) {
  if (!node.is_table()) fault_at(node, what);
  return *node.as_table();
}

std::int64_t whole(const toml::node& node, std::int64_t low, std::int64_t high) {
  const auto value = node.value_exact<std::int64_t>();
  if (!value || *value < low || *value > high) {
    fault_at(node, fmt::format("this is a whole number from {} to {}", low, high));
  }
  return *value;
}

Pair read_pair(const toml::table& table, SceneId scene) {
  refuse_unknown_keys(table, kSubsceneKeys);
  Pair pair{.scene = scene,
            .name = required_text(table, "name"),
            .chinese = text_of(table, "zh", required_text(table, "name")),
            .aliases = texts_of(table, "aliases"),
            .steps = {}};
  if (const toml::array* price = array_of(table, "price")) {
    if (price->size() != 2) fault_at(*price, "price = [lowest, highest], in yuan");
    pair.low = yuan(*price->get(0));
    pair.high = yuan(*price->get(1));
    if (pair.low > pair.high) fault_at(*price, "the lowest price comes first");
  }
  if (const toml::array* steps = array_of(table, "steps")) {
    for (const toml::node& step : *steps) pair.steps.push_back(yuan(step));
  }
  if (pair.steps.empty()) pair.steps = {100, 50, 1};
  if (const toml::node* company = table.get("company")) {
    pair.company = static_cast<std::uint8_t>(whole(*company, 0, 100));
  }
  return pair;
}

/// A name that stands twice in one list would be two things that nothing tells apart.
void refuse_twice(const toml::array& list, std::string_view what) {
  std::set<std::string> seen;
  for (const toml::node& node : list) {
    const std::string name = text_of(*node.as_table(), "name", "");
    if (!seen.insert(name).second) fault_at(node, fmt::format("{} '{}' stands twice", what, name));
  }
}

void read_scenes(const toml::table& root, Catalogue& out) {
  const toml::array* scenes = array_of(root, "scenes");
  if (scenes == nullptr || scenes->empty()) throw CatalogueFault("catalogue: it has no scenes");
  for (const toml::node& node : *scenes) {
    const toml::table& table = as_table(node, "a scene is a table: [[scenes]]");
    refuse_unknown_keys(table, kSceneKeys);
    const auto id = static_cast<SceneId>(out.scenes.size());
    const std::string name = required_text(table, "name");
    out.scenes.push_back(
        {.name = name, .chinese = text_of(table, "zh", name), .aliases = texts_of(table, "aliases")});
    const toml::array* subscenes = array_of(table, "subscenes");
    if (subscenes == nullptr || subscenes->empty())
      fault_at(table, fmt::format("scene '{}' has no subscenes", name));
    for (const toml::node& element : *subscenes) {
      out.pairs.push_back(read_pair(as_table(element, "a subscene is { name = \"...\" }"), id));
    }
    refuse_twice(*subscenes, "subscene");
    if (out.pairs.size() > kMaxScenes) fault_at(table, "more than 1,000 subscenes");
  }
  refuse_twice(*scenes, "scene");
}

template <std::size_t N>
std::size_t one_of(const toml::table& table, std::string_view key,
                   const std::array<std::string_view, N>& names) {
  const std::string text = text_of(table, key, names[0]);
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) {
    fault_at(*table.get(key), fmt::format("'{}' is one of {}, not '{}'", key, fmt::join(names, ", "), text));
  }
  return static_cast<std::size_t>(found - names.begin());
}

std::pair<std::uint8_t, std::uint8_t> count_range(const toml::table& table, std::string_view key) {
  const toml::array* array = array_of(table, key);
  if (array == nullptr) return {0, 0};
  if (array->size() != 2) fault_at(*array, fmt::format("{} = [fewest, most]", key));
  const auto low = whole(*array->get(0), 1, 8);
  return {static_cast<std::uint8_t>(low), static_cast<std::uint8_t>(whole(*array->get(1), low, 8))};
}

QuestionWording read_wording(const toml::table& type, std::string_view language) {
  const toml::node* node = type.get(language);
  if (node == nullptr) return {};
  const toml::table* table = &as_table(*node, "a wording is a table: en.question = \"...\"");
  refuse_unknown_keys(*table, kWordingKeys);
  return {.question = required_text(*table, "question"),
          .ranged = text_of(*table, "ranged", ""),
          .rewrites = texts_of(*table, "rewrites"),
          .ranged_rewrites = texts_of(*table, "ranged_rewrites"),
          .asks = texts_of(*table, "asks")};
}

QuestionType read_question_type(const toml::table& table) {
  refuse_unknown_keys(table, kTypeKeys);
  QuestionType type;
  type.name = required_text(table, "name");
  type.select = static_cast<Select>(one_of(table, "select", kSelectNames));
  type.by = static_cast<GroupBy>(one_of(table, "by", kGroupByNames));
  type.of = static_cast<Measure>(one_of(table, "of", kMeasureNames));
  type.range = static_cast<FilterUse>(one_of(table, "range", kFilterUseNames));
  std::tie(type.min_scenes, type.max_scenes) = count_range(table, "scenes");
  std::tie(type.min_subscenes, type.max_subscenes) = count_range(table, "subscenes");
  type.date = flag_of(table, "date");
  type.cap_zero = flag_of(table, "cap_zero");
  if (const toml::node* fixed = table.get("fixed"))
    type.fixed = static_cast<std::uint8_t>(whole(*fixed, 1, 100));
  type.wording = {read_wording(table, "en"), read_wording(table, "zh")};
  if ((type.select == Select::argmax) == (type.by == GroupBy::none)) {
    fault_at(table, "'by' says what argmax groups by: select = \"argmax\" needs it, nothing else takes it");
  }
  if (type.date && type.range != FilterUse::never)
    fault_at(table, "a type is filtered by a date or by a range, not by both");
  return type;
}

Prompts read_prompts(const toml::table& root, std::string_view language) {
  Prompts prompts;
  const toml::table* table = root["prompts"][language].as_table();
  if (table == nullptr) return prompts;
  for (const auto& [key, node] : *table) prompts.emplace(key.str(), required_text(*table, key.str()));
  return prompts;
}

Catalogue build(const toml::table& root) {
  refuse_unknown_keys(root, kRootKeys);
  for (const std::string_view key : {"prompts", "ranges"}) {
    if (const toml::node* node = root.get(key)) {
      refuse_unknown_keys(as_table(*node, "texts stand in a table a language"), kLanguageNames);
    }
  }
  Catalogue catalogue;
  read_scenes(root, catalogue);
  catalogue.index();
  if (const toml::array* types = array_of(root, "question_types")) {
    for (const toml::node& node : *types) {
      catalogue.question_types.push_back(
          read_question_type(as_table(node, "a question type is [[question_types]]")));
    }
    refuse_twice(*types, "question type");
  }
  for (std::size_t i = 0; i < kLanguageNames.size(); ++i) {
    catalogue.phrases[i] = read_phrases(root, static_cast<Language>(i), catalogue);
    catalogue.prompts[i] = read_prompts(root, kLanguageNames[i]);
    const toml::table* ranges = root["ranges"][kLanguageNames[i]].as_table();
    if (ranges == nullptr) continue;
    for (const auto& [key, node] : *ranges) {
      catalogue.range_wordings[i].emplace(key.str(), texts_of(*ranges, key.str()));
    }
  }
  return catalogue;
}

std::string to_text(const toml::table& root) {
  std::ostringstream out;
  out << toml::toml_formatter(
      root, toml::toml_formatter::default_flags & ~toml::format_flags::allow_literal_strings);
  return std::move(out).str() + "\n";
}

}  // namespace

Result<Catalogue> read_catalogue(std::span<const CatalogueSource> sources) {
  try {
    const toml::table merged = merge_sources(sources);
    Catalogue catalogue = build(merged);
    catalogue.hash = hex_hash(to_text(merged));
    return catalogue;
  } catch (const CatalogueFault& fault) {
    return fail(ErrorKind::usage, fault.what());
  }
}

Result<std::string> merge_catalogue(std::span<const CatalogueSource> sources) {
  try {
    const toml::table merged = merge_sources(sources);
    build(merged);
    return to_text(merged);
  } catch (const CatalogueFault& fault) {
    return fail(ErrorKind::usage, fault.what());
  }
}

}  // namespace synthv1
