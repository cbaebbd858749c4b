// SPDX-License-Identifier: Apache-2.0
#include "cli/run_compare.h"

#include "cli/compare_text.h"
#include "cli/print.h"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace synthv1::cli {

namespace {

/// What `compare` is told.
struct CompareSettings {
  std::vector<std::string> runs;
  bool json = false;
};

Outcome run_compare(const CompareSettings& settings) {
  DiskFiles files;
  const Result<Comparison> comparison = compare_runs(settings.runs, files);
  if (!comparison) return std::unexpected(comparison.error());
  print(settings.json ? comparison_json(*comparison) : compare_text(*comparison));
  std::fflush(stdout);
  for (const std::string& warning : comparison->warnings) fmt::print(stderr, "⚠️ {}\n", warning);
  return 0;
}

}  // namespace

void add_compare(CLI::App& app, std::function<Outcome()>& chosen) {
  CLI::App* verb =
      app.add_subcommand("compare", "hold runs of evaluate against the first, question by question");
  const auto settings = std::make_shared<CompareSettings>();
  verb->add_option("RUN", settings->runs, "results files, .jsonl; the first is the base")->required();
  verb->add_flag("--json", settings->json, "one JSON object instead of a table");
  verb->callback([settings, &chosen] { chosen = [settings] { return run_compare(*settings); }; });
}

}  // namespace synthv1::cli
