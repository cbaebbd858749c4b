// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"

#include <string>

namespace CLI {
class App;
}

namespace synthv1::cli {

/// A completion script for bash, zsh or fish: the verbs and options of `app`. An error names the shells there
/// are.
Result<std::string> completion_script(const CLI::App& app, const std::string& shell);

}  // namespace synthv1::cli
