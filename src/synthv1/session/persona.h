// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/random.h"
#include "synthv1/catalogue/catalogue.h"

#include <array>
#include <string>
#include <vector>

namespace synthv1 {

/// The user of one record: names, circumstances, and what goes on in their life.
struct Persona {
  std::string name;
  std::array<std::string, 3> friends;  ///< the first is {friend}
  std::string colleague, sibling, city, pet;
  Tags tags = 0;                ///< office or student or freelance, partner or roommate, kid, dog or cat, car
  std::vector<Thread> threads;  ///< told side by side
};

/// The persona of record `index` of a run with that seed; its names are all different.
Persona make_persona(const Phrases& phrases, std::uint64_t seed, std::uint32_t index);

}  // namespace synthv1
