// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/catalogue.h"

#include <memory>
#include <string>
#include <vector>

namespace synthv1::cli {

/// The default catalogue, or one with a file laid over it.
class OpenCatalogue {
 public:
  OpenCatalogue() = default;
  explicit OpenCatalogue(Catalogue own) : own_(std::make_unique<Catalogue>(std::move(own))) {}
  const Catalogue& get() const { return own_ ? *own_ : default_catalogue(); }

 private:
  std::unique_ptr<Catalogue> own_;
};

/// The TOML texts of the default catalogue and, unless `path` is empty, of that file over them.
Result<std::vector<CatalogueSource>> catalogue_sources(const std::string& path);

/// The catalogue with the file at `path` laid over it; empty: the default one.
Result<OpenCatalogue> open_catalogue(const std::string& path);

}  // namespace synthv1::cli
