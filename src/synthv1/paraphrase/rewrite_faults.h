// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/catalogue.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace synthv1 {

/// What can be wrong with a rewrite.
enum class RewriteFault : std::uint8_t {
  empty,
  not_text,  ///< not UTF-8, or control characters
  several_lines,
  too_long,
  other_language,
  no_question,
  several_questions,
  date_missing,
  date_changed,
  date_added,
  date_no_year,
  date_impossible,
  date_open,
  date_reversed,
  date_part,
  date_week,
  date_weekday,
  date_ambiguous,
  relative,
  number,
  leak,
  scene_missing,
  scene_added,
  subscene_missing,
  subscene_added,
  scenes_run_together,
  condition,
  thing_missing,
  thing_changed,
  strange_name,
  currency,
};

/// One line that says it, in a language. `text`: the words of the rewrite that are at fault; `want`: what the
/// question has.
std::string describe(RewriteFault fault, std::string_view text, std::string_view want, Language language);

}  // namespace synthv1
