// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/catalogue.h"

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

namespace synthv1 {

/// Thrown while a catalogue is read, and turned into a value by read_catalogue: the message has file and
/// line.
class CatalogueFault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws a CatalogueFault "file:line: what".
[[noreturn]] void fault_at(const toml::node& node, std::string_view what);

/// Parses the sources and lays each over those before it: tables are merged, arrays of named tables (scenes,
/// their subscenes, question types) by name, everything else is replaced. `remove` takes scenes ("Dining"),
/// subscenes
/// ("Dining/Coffee") and question types away. Throws CatalogueFault.
toml::table merge_sources(std::span<const CatalogueSource> sources);

/// The value of a key, as one of these types; `fallback` where the key is missing, a fault where it is
/// something else.
std::string text_of(const toml::table& table, std::string_view key, std::string_view fallback);
std::string required_text(const toml::table& table, std::string_view key);
std::vector<std::string> texts_of(const toml::table& table, std::string_view key);
bool flag_of(const toml::table& table, std::string_view key);
/// An amount in yuan, as minor units.
std::int64_t yuan(const toml::node& node);
/// The named array's elements, or nullptr.
const toml::array* array_of(const toml::table& table, std::string_view key);

/// A fault that names the nearest right key, where `table` has one that `known` does not list.
void refuse_unknown_keys(const toml::table& table, std::span<const std::string_view> known);

}  // namespace synthv1
