// SPDX-License-Identifier: Apache-2.0
#include "cli/open_catalogue.h"

#include "synthv1/base/file.h"

#include <fmt/format.h>

namespace synthv1::cli {

Result<std::vector<CatalogueSource>> catalogue_sources(const std::string& path) {
  const auto standard = default_catalogue_sources();
  std::vector<CatalogueSource> sources(standard.begin(), standard.end());
  if (path.empty()) return sources;
  Result<std::string> text = read_file(path);
  if (!text) return fail(ErrorKind::usage, fmt::format("--catalog: {}", text.error().message));
  sources.push_back({.name = path, .text = std::move(*text)});
  return sources;
}

Result<OpenCatalogue> open_catalogue(const std::string& path) {
  if (path.empty()) return OpenCatalogue();
  const auto sources = catalogue_sources(path);
  if (!sources) return std::unexpected(sources.error());
  Result<Catalogue> catalogue = read_catalogue(*sources);
  if (!catalogue) return std::unexpected(std::move(catalogue.error()));
  return OpenCatalogue(std::move(*catalogue));
}

}  // namespace synthv1::cli
