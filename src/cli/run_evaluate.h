// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/settings.h"
#include "cli/verbs.h"
#include "synthv1/commands/evaluate.h"

#include <string>

namespace CLI {
class App;
}

namespace synthv1::cli {

/// What the command line says to evaluate.
struct EvaluateSettings : ProgramSettings {
  EvaluateOptions run;
  std::string rescore;  ///< a results file to be scored anew; empty: agents are asked
};

/// Adds what `evaluate` takes to `app`: DATA and all options.
void add_evaluate_options(CLI::App& app, EvaluateSettings& settings);

/// Brings the options of the run into their last form, once they are all read: where the results go.
void settle(EvaluateSettings& settings);

/// Adds `evaluate DATA... --agent NAME`: measures a memory on the questions of datasets.
void add_evaluate(CLI::App& app, std::function<Outcome()>& chosen, const StopTokens& stop);

}  // namespace synthv1::cli
