// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/question/question.h"

#include <string>

namespace synthv1 {

/// Why `spec` is none that a question of `type` may have ("takes 1 scene, not 2"); empty where it fits.
std::string spec_misfit(const QuestionSpec& spec, const QuestionType& type);

}  // namespace synthv1
