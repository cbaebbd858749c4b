// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/plan.h"

#include <string>

namespace synthv1::cli {

/// An estimate for people: a table, and what it takes for granted.
std::string estimate_text(const GenerateOptions& options, const RunEstimate& estimate);

/// An estimate for programs: one JSON object, a line.
std::string estimate_json(const GenerateOptions& options, const RunEstimate& estimate);

}  // namespace synthv1::cli
