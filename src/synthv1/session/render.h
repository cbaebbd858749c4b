// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/random.h"
#include "synthv1/catalogue/phrases.h"

#include <array>
#include <string>
#include <string_view>

namespace synthv1 {

/// What the slots of a phrase are filled with, and which tags hold.
struct Filling {
  std::array<std::string_view, kSlotNames.size()> values;
  Tags tags = 0;

  std::string_view& operator[](Slot slot) { return values[static_cast<std::size_t>(slot)]; }
  /// Whether what has this condition may stand here.
  bool fits(const Condition& condition) const {
    return (condition.needs & ~tags) == 0 && (condition.excludes & tags) == 0;
  }
};

/// Appends the phrase that `code` is (see Fragment) with its slots filled and its alternatives drawn. What
/// fills a slot at the beginning of a sentence gets a capital letter.
void render(std::string_view code, const Filling& filling, RandomStream& random, std::string& out);

}  // namespace synthv1
