// SPDX-License-Identifier: Apache-2.0
#include "cli/run_plan.h"

#include "cli/estimate_text.h"
#include "cli/open_catalogue.h"

#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace synthv1::cli {

namespace {

/// What `plan` is told.
struct PlanSettings {
  GenerateSettings generate;
  PlanAssumptions assumptions;
  bool json = false;
};

Outcome run_plan(PlanSettings& settings) {
  settle(settings.generate);
  const GenerateOptions& run = settings.generate.run;
  const Result<OpenCatalogue> catalogue = open_catalogue(settings.generate.catalog);
  if (!catalogue) return std::unexpected(catalogue.error());
  const Result<RunEstimate> estimate = plan_run(run, catalogue->get(), settings.assumptions);
  if (!estimate) return std::unexpected(estimate.error());
  fmt::print("{}", settings.json ? estimate_json(run, *estimate) : estimate_text(run, *estimate));
  return 0;
}

}  // namespace

void add_plan(CLI::App& app, std::function<Outcome()>& chosen) {
  CLI::App* verb =
      app.add_subcommand("plan", "calls, tokens, cost and time of a run with these options; sends nothing");
  const auto settings = std::make_shared<PlanSettings>();
  add_generate_options(*verb, settings->generate);
  verb->add_option("--tokens_per_second", settings->assumptions.tokens_per_second,
                   "of one call among the others in flight, for the time [50]")
      ->type_name("N")
      ->group("Plan");
  verb->add_flag("--json", settings->json, "one JSON object instead of a table")->group("Plan");
  add_program_options(*verb, settings->generate);
  verb->callback([settings, &chosen] { chosen = [settings] { return run_plan(*settings); }; });
}

}  // namespace synthv1::cli
