// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/verbs.h"

#include <functional>
#include <stop_token>

namespace CLI {
class App;
}

namespace synthv1::cli {

/// Adds `synthv1 failures RUN`; naming it sets `chosen`.
void add_failures(CLI::App& app, std::function<Outcome()>& chosen, std::stop_token stop);

}  // namespace synthv1::cli
