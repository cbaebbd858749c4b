// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/phrases.h"

#include <cstdint>
#include <string_view>

namespace synthv1 {

/// How sure an answer is of one thing in it.
enum class Certainty : std::uint8_t {
  sure,
  rough,   ///< "about 60", "60左右"
  choice,  ///< "60 or ...", "between 60 and ..."
  denied,  ///< "not 60"
};

/// How sure `text` (folded, small letters) is of what stands at `span`, by the words directly beside it.
Certainty certainty_of(std::string_view text, Span span);

/// Whether `gap`, all that stands between two things, makes a choice or a range of them: "or", "to", "~",
/// "或".
bool makes_choice(std::string_view gap);

/// Whether a text that ends here leaves open what comes next: "... or", "about".
Certainty certainty_before(std::string_view text);

}  // namespace synthv1
