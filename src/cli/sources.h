// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"

#include <map>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace synthv1::cli {

/// Options that were not given on the command line but in a file or a variable, written as arguments.
struct OutsideSettings {
  std::vector<std::string> arguments;  ///< "--num_sessions=30"
  std::map<std::string, std::string>
      origins;  ///< by option: "settings.toml, line 3" or "SYNTHV1_NUM_SESSIONS"
};

/// Whether a file and variables may hold options of `app`: whether it has --config.
bool takes_outside_settings(const CLI::App& app);

/// What the TOML file named by --config and, below it, the SYNTHV1_* variables set of the options of `app`
/// that `arguments` do not give. Keys of the file are among `shared`, the options of all verbs that read it;
/// those of other verbs are passed over, others are errors.
Result<OutsideSettings> outside_settings(const CLI::App& app, const std::vector<std::string>& shared,
                                         const std::vector<std::string>& arguments,
                                         const char* (*variable)(const char*));

/// The long names of the options of `app`, without dashes.
std::vector<std::string> option_names(const CLI::App& app);

/// What a file of settings may hold: the options of `app` and of every verb of it that reads one.
std::vector<std::string> shared_names(const CLI::App& app);

}  // namespace synthv1::cli
