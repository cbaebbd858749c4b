// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/verbs.h"

#include <functional>

namespace CLI {
class App;
}

namespace synthv1::cli {

/// Adds `synthv1 plan [options of generate]`; naming it sets `chosen`.
void add_plan(CLI::App& app, std::function<Outcome()>& chosen);

}  // namespace synthv1::cli
