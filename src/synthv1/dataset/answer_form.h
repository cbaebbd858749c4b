// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/question/question.h"

#include <string_view>

namespace synthv1 {

/// What the answer to `spec` must look like: "an amount with two decimals", "a date (2024-01-15)".
std::string_view answer_form(const QuestionSpec& spec);

/// Whether `answer` is written as an answer to `spec` must be, right or wrong.
bool has_answer_form(const QuestionSpec& spec, std::string_view answer, const Catalogue& catalogue);

}  // namespace synthv1
