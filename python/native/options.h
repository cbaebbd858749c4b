// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/run_evaluate.h"
#include "cli/settings.h"
#include "synthv1/base/error.h"

#include <string>
#include <vector>

namespace synthv1::python {

/// The settings that `synthv1 generate` would run with, given these arguments ("--num_sessions=30", flags
/// without a value), the file of --config and the environment. ErrorKind::usage with the command's message.
Result<cli::GenerateSettings> generate_settings(std::vector<std::string> arguments);

/// The same of `synthv1 evaluate`; the names of files stand among the arguments.
Result<cli::EvaluateSettings> evaluate_settings(std::vector<std::string> arguments);

/// The long names of the options of a verb, "generate" or "evaluate", without dashes.
std::vector<std::string> option_names(const std::string& verb);

}  // namespace synthv1::python
