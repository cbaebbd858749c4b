// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs.h"

#include "cli/completions.h"
#include "cli/open_catalogue.h"
#include "cli/print.h"
#include "cli/run_check.h"
#include "cli/run_compare.h"
#include "cli/run_evaluate.h"
#include "cli/run_failures.h"
#include "cli/run_journal_report.h"
#include "cli/run_plan.h"
#include "cli/run_report.h"
#include "cli/run_score.h"
#include "cli/run_stats.h"
#include "cli/run_validate.h"
#include "cli/sources.h"
#include "synthv1/base/file.h"
#include "synthv1/commands/repair.h"

#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace synthv1::cli {

namespace {

Outcome print_catalogue(const std::string& path) {
  const auto sources = catalogue_sources(path);
  if (!sources) return std::unexpected(sources.error());
  const Result<std::string> text = merge_catalogue(*sources);
  if (!text) return std::unexpected(text.error());
  print(*text);
  return 0;
}

void add_catalog(CLI::App& app, std::function<Outcome()>& chosen) {
  CLI::App* verb = app.add_subcommand("catalog", "print the catalogue in use, as TOML");
  const auto path = std::make_shared<std::string>();
  verb->add_option("--catalog", *path, "TOML laid over the default catalogue")->type_name("FILE");
  verb->callback([path, &chosen] { chosen = [path] { return print_catalogue(*path); }; });
}

Outcome print_repair(const std::string& path, const RepairOptions& options) {
  const Result<std::string> input = read_file(path);
  if (!input) return std::unexpected(input.error());
  const Result<RepairSummary> repaired = repair_text(*input, options);
  if (!repaired) return std::unexpected(repaired.error());
  for (const json::Repair& repair : repaired->repairs) fmt::print(stderr, "{}\n", describe(repair, *input));
  print(repaired->json + "\n");
  return 0;
}

void add_repair(CLI::App& app, std::function<Outcome()>& chosen) {
  CLI::App* verb = app.add_subcommand("repair", "print what the driver makes of malformed JSON");
  const auto path = std::make_shared<std::string>("-");
  const auto options = std::make_shared<RepairOptions>();
  verb->add_option("FILE", *path, "file to read; without one, standard input");
  verb->add_flag("--strict", options->strict, "refuse repairs that lose or guess content (exit 1)");
  verb->callback(
      [path, options, &chosen] { chosen = [path, options] { return print_repair(*path, *options); }; });
}

void add_completions(CLI::App& app, std::function<Outcome()>& chosen) {
  CLI::App* verb = app.add_subcommand("completions", "print a completion script for bash, zsh or fish");
  const auto shell = std::make_shared<std::string>();
  verb->add_option("SHELL", *shell, "bash, zsh or fish")->required();
  verb->callback([shell, &app, &chosen] {
    chosen = [shell, &app]() -> Outcome {
      const Result<std::string> script = completion_script(app, *shell);
      if (!script) return std::unexpected(script.error());
      print(*script);
      return 0;
    };
  });
}

}  // namespace

void add_verbs(CLI::App& app, std::function<Outcome()>& chosen, const StopTokens& stop) {
  app.require_subcommand(0, 1);
  add_plan(app, chosen);
  add_check(app, chosen, stop.drain);
  add_evaluate(app, chosen, stop);
  add_compare(app, chosen);
  add_failures(app, chosen, stop.drain);
  add_journal(app, chosen, stop.drain);
  add_validate(app, chosen, stop.drain);
  add_stats(app, chosen, stop.drain);
  add_score(app, chosen, stop.drain);
  add_report(app, chosen, stop.drain);
  add_repair(app, chosen);
  add_catalog(app, chosen);
  add_completions(app, chosen);
  for (CLI::App* verb : app.get_subcommands([](CLI::App*) { return true; })) {
    if (!takes_outside_settings(*verb)) verb->footer("");
  }
}

}  // namespace synthv1::cli
