// SPDX-License-Identifier: Apache-2.0
#include "cli/run_report.h"

#include "cli/open_catalogue.h"
#include "cli/quantities.h"
#include "synthv1/base/text.h"
#include "synthv1/commands/report.h"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace synthv1::cli {

namespace {

/// What `report` is told.
struct ReportSettings {
  std::vector<std::string> paths;
  std::string out;
  std::string catalog;
};

void print_summary(const ReportSummary& summary, const std::string& out) {
  fmt::print("{}, {} with {}: {} ({} bytes)\n", counted(summary.records, "record"),
             counted(summary.runs, "run"), counted(summary.results, "result"), out,
             count_text(summary.bytes));
}

Outcome run_report(const ReportSettings& settings, const std::stop_token& stop) {
  const Result<OpenCatalogue> catalogue = open_catalogue(settings.catalog);
  if (!catalogue) return std::unexpected(catalogue.error());
  DiskFiles files;
  const Result<ReportSummary> summary =
      write_report(settings.paths, settings.out, catalogue->get(), files, stop);
  if (!summary) return std::unexpected(summary.error());
  if (settings.out != "-") print_summary(*summary, settings.out);
  return 0;
}

}  // namespace

void add_report(CLI::App& app, std::function<Outcome()>& chosen, std::stop_token stop) {
  CLI::App* verb = app.add_subcommand("report", "a page with pictures of datasets and of runs over them");
  const auto settings = std::make_shared<ReportSettings>();
  verb->add_option("DATA|RUN", settings->paths,
                   "datasets, and results of evaluate; told apart by what they hold; - is standard input")
      ->required();
  verb->add_option("--out", settings->out, "the page, .html; - is standard output")
      ->required()
      ->type_name("FILE");
  verb->add_option("--catalog", settings->catalog, "TOML laid over the default catalogue")->type_name("FILE");
  verb->callback([settings, &chosen, stop = std::move(stop)] {
    chosen = [settings, stop] { return run_report(*settings, stop); };
  });
}

}  // namespace synthv1::cli
