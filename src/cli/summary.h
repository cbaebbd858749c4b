// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/generate.h"

#include <string>
#include <vector>

namespace synthv1::cli {

/// The closing summary of a run (SPEC 4): a block for each of `records`, the first of the run; a line for the
/// others.
std::string generate_summary(const GenerateOptions& options, const GenerateSummary& summary,
                             const std::vector<RecordSummary>& records);

/// What standard error says at the end: speed, calls, what was left imperfect. Empty where there is nothing
/// to say.
std::string generate_remarks(const GenerateOptions& options, const GenerateSummary& summary);

}  // namespace synthv1::cli
