// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/embed.h"
#include "synthv1/catalogue/archive.h"
#include "synthv1/catalogue/catalogue.h"

// The two files are made by tools/compile_catalogue.cc when the project is built.
SYNTHV1_EMBED(synthv1_catalogue_tables, SYNTHV1_CATALOGUE_TABLES);
SYNTHV1_EMBED(synthv1_catalogue_sources, SYNTHV1_CATALOGUE_SOURCES);

extern "C" const char synthv1_catalogue_tables[], synthv1_catalogue_tables_end[];
extern "C" const char synthv1_catalogue_sources[], synthv1_catalogue_sources_end[];

namespace synthv1 {

namespace {

/// The sources are packed as name, NUL, text, NUL for each.
std::vector<CatalogueSource> unpack_sources(std::string_view packed) {
  std::vector<CatalogueSource> sources;
  const auto next_text = [&packed] {
    const std::size_t end = packed.find('\0');
    std::string text(packed.substr(0, end));
    packed.remove_prefix(end + 1);
    return text;
  };
  while (!packed.empty()) {
    std::string name = next_text();
    sources.push_back({.name = std::move(name), .text = next_text()});
  }
  return sources;
}

}  // namespace

const Catalogue& default_catalogue() {
  static const Catalogue catalogue =
      unpack_catalogue(std::string_view(synthv1_catalogue_tables, synthv1_catalogue_tables_end));
  return catalogue;
}

std::span<const CatalogueSource> default_catalogue_sources() {
  static const std::vector<CatalogueSource> sources =
      unpack_sources(std::string_view(synthv1_catalogue_sources, synthv1_catalogue_sources_end));
  return sources;
}

}  // namespace synthv1
