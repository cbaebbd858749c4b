// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/catalogue.h"

#include <toml++/toml.h>

namespace synthv1 {

/// Reads `[LANGUAGE]` of a merged catalogue: the phrases of its subscenes, the general ones, the persona and
/// the threads of life. Throws CatalogueFault.
Phrases read_phrases(const toml::table& root, Language language, const Catalogue& catalogue);

}  // namespace synthv1
