// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/verbs.h"

#include <functional>

namespace CLI {
class App;
}

namespace synthv1::cli {

/// Adds `synthv1 compare RUN RUN...`; naming it sets `chosen`.
void add_compare(CLI::App& app, std::function<Outcome()>& chosen);

}  // namespace synthv1::cli
