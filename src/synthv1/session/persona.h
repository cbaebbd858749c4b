// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <vector>

#include "synthv1/base/random.h"
#include "synthv1/catalogue/catalogue.h"

namespace synthv1 {

/// The user of one record: names, circumstances, and what goes on in their life.
struct Persona {
  std::string name;
  std::array<std::string, 3> friends;  ///< the first is {friend}
  std::string colleague, sibling, city, pet;
  Tags tags = 0;                       ///< office or student or freelance, partner or roommate, kid, dog or cat, car
  std::vector<Thread> threads;         ///< told side by side
};

/// Draws a persona whose names are all different.
Persona make_persona(const Phrases& phrases, RandomStream random);

}  // namespace synthv1
