// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/verbs.h"

namespace synthv1::cli {

/// Adds `evaluate DATA... --agent NAME`: measures a memory on the questions of datasets.
void add_evaluate(CLI::App& app, std::function<Outcome()>& chosen, const StopTokens& stop);

}  // namespace synthv1::cli
