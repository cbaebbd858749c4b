// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/settings.h"
#include "synthv1/base/error.h"

#include <string>
#include <vector>

namespace synthv1::python {

/// The settings that `synthv1 generate` would run with, given these arguments ("--num_sessions=30", flags
/// without a value), the file of --config and the environment. ErrorKind::usage with the command's message.
Result<cli::GenerateSettings> read_settings(std::vector<std::string> arguments);

/// The long names of the options of generate, without dashes.
std::vector<std::string> generate_option_names();

}  // namespace synthv1::python
