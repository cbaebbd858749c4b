// SPDX-License-Identifier: Apache-2.0
#include "cli/run_stats.h"

#include "cli/live_lines.h"
#include "cli/open_catalogue.h"
#include "cli/print.h"
#include "cli/stats_text.h"
#include "synthv1/commands/stats.h"
#include "synthv1/report/statistics_json.h"

#include <cstdio>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <unistd.h>

namespace synthv1::cli {

namespace {

/// What `stats` is told.
struct StatsSettings {
  std::vector<std::string> paths;
  std::string catalog;
  bool json = false;
};

/// What is no terminal takes lines of any width.
std::size_t columns_of(std::FILE* out) {
  return ::isatty(::fileno(out)) == 1 ? terminal_size(out).columns : std::numeric_limits<std::size_t>::max();
}

std::string stats_json(const Statistics& statistics) {
  std::string text;
  json::Writer writer(text, json::Writer::Style::pretty);
  write_statistics(writer, statistics);
  return text + "\n";
}

Outcome run_stats(const StatsSettings& settings, const std::stop_token& stop) {
  const Result<OpenCatalogue> catalogue = open_catalogue(settings.catalog);
  if (!catalogue) return std::unexpected(catalogue.error());
  DiskFiles files;
  const Result<Statistics> statistics = dataset_statistics(settings.paths, catalogue->get(), files, stop);
  if (!statistics) return std::unexpected(statistics.error());
  print(settings.json ? stats_json(*statistics) : stats_text(*statistics, columns_of(stdout)));
  return 0;
}

}  // namespace

void add_stats(CLI::App& app, std::function<Outcome()>& chosen, std::stop_token stop) {
  CLI::App* verb = app.add_subcommand("stats", "what datasets hold, and what trivial answers would score");
  const auto settings = std::make_shared<StatsSettings>();
  verb->add_option("DATA", settings->paths, "datasets, .json or .jsonl; - is standard input")->required();
  verb->add_option("--catalog", settings->catalog, "TOML laid over the default catalogue")->type_name("FILE");
  verb->add_flag("--json", settings->json, "one JSON object instead of tables");
  verb->callback([settings, &chosen, stop = std::move(stop)] {
    chosen = [settings, stop] { return run_stats(*settings, stop); };
  });
}

}  // namespace synthv1::cli
