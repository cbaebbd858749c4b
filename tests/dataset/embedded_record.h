// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/catalogue.h"

#include <cstdint>
#include <string>

namespace synthv1::test {

struct EmbeddedOptions {
  Language language = Language::english;
  std::uint64_t seed = 1;
  std::uint32_t num_sessions = 8;
  std::uint32_t num_questions = 40;
  const Catalogue& catalogue = default_catalogue();
};

/// A record as the embedded writer makes it, with reworded questions, as JSON.
std::string embedded_record(const EmbeddedOptions& options);

}  // namespace synthv1::test
