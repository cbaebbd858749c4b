// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/generate.h"

#include <string>
#include <vector>

namespace synthv1::cli {

/// Runs what the arguments say; returns the exit code (SPEC 4). Errors are one line on standard error.
int run_command_line(std::vector<std::string> arguments, const StopTokens& stop);

}  // namespace synthv1::cli
