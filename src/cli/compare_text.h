// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/compare.h"

#include <string>

namespace synthv1::cli {

/// What `synthv1 compare` prints: the runs, a table of all questions and of each category, and how to read
/// it.
std::string compare_text(const Comparison& comparison);

}  // namespace synthv1::cli
