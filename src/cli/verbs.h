// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/settings.h"

#include <functional>

namespace CLI {
class App;
}

namespace synthv1::cli {

/// What a verb ends with: an exit code, or the error that ended it.
using Outcome = Result<int>;

/// synthv1 [generate]
Outcome run_generate(GenerateSettings& settings, const StopTokens& stop);

/// Adds the other verbs to `app`; the one that is named sets `chosen`.
void add_verbs(CLI::App& app, std::function<Outcome()>& chosen, const StopTokens& stop);

}  // namespace synthv1::cli
