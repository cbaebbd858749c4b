// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/random.h"
#include "synthv1/catalogue/catalogue.h"
#include "synthv1/session/decks.h"

#include <array>
#include <string>
#include <string_view>
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

/// Draws the personas of a run's records.
class Casting {
 public:
  /// `phrases` must outlive it.
  Casting(const Phrases& phrases, std::uint64_t seed);

  /// The persona of the record of that index; its names are all different.
  Persona draw(std::uint32_t index);

 private:
  std::string draw_name(PersonaList list, std::string_view fallback, RandomStream& random);
  std::vector<Thread> draw_threads(Tags tags);

  const Phrases& phrases_;
  std::uint64_t seed_;
  Deck names_, threads_;
};

}  // namespace synthv1
