// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/plan/record_plan.h"

#include <initializer_list>
#include <string>
#include <utility>

namespace synthv1::test {

using PairName = std::pair<const char*, const char*>;

/// A plan of 4 to 10 turns on 2024-01-15 with these pairs of the default catalogue.
inline SessionPlan plan_with(std::initializer_list<PairName> pairs, std::uint32_t index = 0,
                             Language language = Language::english) {
  SessionPlan plan{.index = index,
                   .language = language,
                   .date = Date::parse("2024-01-15").value(),
                   .min_turns = 4,
                   .max_turns = 10,
                   .pairs = {}};
  for (const auto& [scene, subscene] : pairs) {
    plan.pairs.push_back(default_catalogue().find_pair(scene, subscene).value());
  }
  return plan;
}

inline SessionPlan coffee_and_taxi() { return plan_with({{"Dining", "Coffee"}, {"Transportation", "Taxi"}}); }

}  // namespace synthv1::test
