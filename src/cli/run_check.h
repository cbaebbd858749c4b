// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/verbs.h"

#include <functional>
#include <stop_token>

namespace CLI {
class App;
}

namespace synthv1::cli {

/// Adds `synthv1 check [options of generate]`; naming it sets `chosen`.
void add_check(CLI::App& app, std::function<Outcome()>& chosen, std::stop_token stop);

}  // namespace synthv1::cli
