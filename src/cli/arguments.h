// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace synthv1::cli {

/// The arguments with option names in one spelling: --num-sessions=30 becomes --num_sessions=30. What stands
/// behind "--" and values stay as they are.
std::vector<std::string> fold_option_names(std::vector<std::string> arguments);

}  // namespace synthv1::cli
