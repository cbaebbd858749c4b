// SPDX-License-Identifier: Apache-2.0
#include "synthv1/catalogue/toml_tables.h"

#include "synthv1/base/text.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr double kMaxYuan = 1e9;

std::string name_of(const toml::table& table) { return table["name"].value_or(std::string()); }

/// Whether every element is a table with a name, so that the arrays merge element by element.
bool is_named_list(const toml::array& array) {
  return !array.empty() && std::all_of(array.begin(), array.end(), [](const toml::node& node) {
    return node.is_table() && node.as_table()->contains("name");
  });
}

void lay_over(toml::table& base, toml::table&& over);

void lay_over(toml::array& base, toml::array&& over) {
  for (toml::node& node : over) {
    const std::string name = name_of(*node.as_table());
    const auto same = std::find_if(base.begin(), base.end(),
                                   [&](const toml::node& old) { return name_of(*old.as_table()) == name; });
    if (same == base.end()) {
      base.push_back(std::move(*node.as_table()));
    } else {
      lay_over(*same->as_table(), std::move(*node.as_table()));
    }
  }
}

void lay_over(toml::table& base, toml::table&& over) {
  for (auto&& [key, node] : over) {
    toml::node* old = base.get(key.str());
    if (old != nullptr && old->is_table() && node.is_table()) {
      lay_over(*old->as_table(), std::move(*node.as_table()));
    } else if (old != nullptr && old->is_array() && node.is_array() && is_named_list(*old->as_array()) &&
               is_named_list(*node.as_array())) {
      lay_over(*old->as_array(), std::move(*node.as_array()));
    } else {
      node.visit([&, &name = key](auto& value) { base.insert_or_assign(name, std::move(value)); });
    }
  }
}

/// Takes the element of that name out of a named list; false where there is none.
bool erase_named(toml::table& holder, std::string_view list, std::string_view name) {
  toml::array* array = holder[list].as_array();
  if (array == nullptr) return false;
  const auto found = std::find_if(array->begin(), array->end(), [&](const toml::node& node) {
    return node.is_table() && name_of(*node.as_table()) == name;
  });
  if (found == array->end()) return false;
  array->erase(found);
  return true;
}

bool erase_subscene(toml::table& root, std::string_view scene, std::string_view subscene) {
  toml::array* scenes = root["scenes"].as_array();
  if (scenes == nullptr) return false;
  for (toml::node& node : *scenes) {
    if (node.is_table() && name_of(*node.as_table()) == scene) {
      return erase_named(*node.as_table(), "subscenes", subscene);
    }
  }
  return false;
}

/// Takes the phrases of a scene ("Dining") or subscene away, in every language.
void erase_phrases(toml::table& root, const std::string& scene, std::string_view subscene) {
  for (const std::string_view language : kLanguageNames) {
    toml::table* phrases = root[language].as_table();
    if (phrases == nullptr) continue;
    if (subscene.empty()) {
      phrases->erase(scene);
    } else if (toml::table* subscenes = (*phrases)[scene].as_table()) {
      subscenes->erase(subscene);
    }
  }
}

void remove_named(toml::table& root, const toml::node& which) {
  const auto name = which.value<std::string>();
  if (!name) fault_at(which, "remove lists names: \"Dining\", \"Dining/Coffee\", \"max_scene\"");
  const std::size_t slash = name->find('/');
  const bool removed = slash == std::string::npos
                           ? erase_named(root, "scenes", *name) || erase_named(root, "question_types", *name)
                           : erase_subscene(root, name->substr(0, slash), name->substr(slash + 1));
  if (!removed) fault_at(which, fmt::format("nothing in the catalogue is named '{}'", *name));
  const std::size_t end = std::min(slash, name->size());
  erase_phrases(root, name->substr(0, end), std::string_view(*name).substr(std::min(end + 1, name->size())));
}

toml::table parse_source(const CatalogueSource& source) {
  try {
    return toml::parse(source.text, source.name);
  } catch (const toml::parse_error& error) {
    throw CatalogueFault(
        fmt::format("{}:{}: {}", source.name, error.source().begin.line, error.description()));
  }
}

}  // namespace

void fault_at(const toml::node& node, std::string_view what) {
  const toml::source_region& where = node.source();
  throw CatalogueFault(
      fmt::format("{}:{}: {}", where.path ? *where.path : std::string("catalogue"), where.begin.line, what));
}

toml::table merge_sources(std::span<const CatalogueSource> sources) {
  toml::table merged;
  for (const CatalogueSource& source : sources) {
    toml::table table = parse_source(source);
    if (const toml::array* remove = array_of(table, "remove")) {
      for (const toml::node& which : *remove) remove_named(merged, which);
    }
    table.erase("remove");
    lay_over(merged, std::move(table));
  }
  return merged;
}

std::string text_of(const toml::table& table, std::string_view key, std::string_view fallback) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return std::string(fallback);
  if (!node->is_string()) fault_at(*node, fmt::format("'{}' is text, between double quotes", key));
  return node->value_or(std::string());
}

std::string required_text(const toml::table& table, std::string_view key) {
  std::string text = text_of(table, key, "");
  if (text.empty()) fault_at(table, fmt::format("'{}' is missing or empty", key));
  return text;
}

std::vector<std::string> texts_of(const toml::table& table, std::string_view key) {
  std::vector<std::string> texts;
  const toml::array* array = array_of(table, key);
  if (array == nullptr) return texts;
  for (const toml::node& node : *array) {
    if (!node.is_string()) fault_at(node, fmt::format("'{}' is a list of texts", key));
    texts.push_back(node.value_or(std::string()));
  }
  return texts;
}

bool flag_of(const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return false;
  if (!node->is_boolean()) fault_at(*node, fmt::format("'{}' is true or false", key));
  return node->value_or(false);
}

std::int64_t yuan(const toml::node& node) {
  const auto value = node.value<double>();
  if (!value || !node.is_number() || !(*value > 0) || *value > kMaxYuan) {
    fault_at(node, "a price is a positive number of yuan");
  }
  const auto minor = std::llround(*value * 100);
  if (minor == 0 || static_cast<double>(minor) / 100 != *value) {
    fault_at(node, "a price has at most two decimals");
  }
  return minor;
}

const toml::array* array_of(const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return nullptr;
  if (!node->is_array()) fault_at(*node, fmt::format("'{}' is a list, between [ and ]", key));
  return node->as_array();
}

void refuse_unknown_keys(const toml::table& table, std::span<const std::string_view> known) {
  for (const auto& [key, node] : table) {
    if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
    const auto near = nearest(key.str(), known);
    fault_at(node, near ? fmt::format("there is no key '{}' here; did you mean '{}'?", key.str(), *near)
                        : fmt::format("there is no key '{}' here; there are {}", key.str(),
                                      fmt::join(known, ", ")));
  }
}

}  // namespace synthv1
