// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/generate.h"

#include <string>

namespace CLI {
class App;
}

namespace synthv1::cli {

/// What the command line says of a run that only this program cares about.
struct ProgramSettings {
  bool seed_given = false;
  bool quiet = false;
  std::string catalog;  ///< file laid over the default catalogue; empty: none
  std::string config;   ///< file with options; read before all others (cli/sources.h)
  std::string log;      ///< file that gets a line for each event; empty: none
};

/// What the command line says to generate.
struct GenerateSettings : ProgramSettings {
  GenerateOptions run;
  bool no_diversify = false;
  bool preview = false;  ///< write one session and show it
};

/// Adds the options of generate to `app`, grouped and with their defaults. Wrong values throw
/// CLI::ValidationError with a whole message. The environment's OPENAI_BASE_URL, OPENAI_API_KEY and proxy
/// variables are read here.
void add_generate_options(CLI::App& app, GenerateSettings& settings);

/// Adds --preview, which only generate has.
void add_preview_option(CLI::App& app, GenerateSettings& settings);

/// Adds --help and --config, which stand last. An app with --config takes settings from outside.
void add_program_options(CLI::App& app, ProgramSettings& settings);

/// Adds what every run over a model takes: model, endpoint, concurrency, budgets, network; and --seed,
/// --catalog, --fresh, --quiet and --log.
void add_run_options(CLI::App& app, RunOptions& run, ProgramSettings& settings);

/// A seed that JSON readers keep exact, whatever they hold numbers in: 48 bits.
std::uint64_t draw_seed();

/// Brings the options of the run into their last form, once they are all read: draws a seed where none was
/// given.
void settle(GenerateSettings& settings);

}  // namespace synthv1::cli
