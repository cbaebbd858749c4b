// SPDX-License-Identifier: Apache-2.0
#include "cli/run_failures.h"

#include "cli/failure_text.h"
#include "cli/open_catalogue.h"
#include "cli/print.h"

#include <memory>
#include <string>

#include <CLI/CLI.hpp>

namespace synthv1::cli {

namespace {

/// What `failures` is told.
struct FailureSettings {
  FailureOptions options;
  std::string catalog;
  bool json = false;
};

class TextPrinter final : public FailureListener {
 public:
  void begin(const FailureCounts& counts) override { print(failures_head(counts)); }
  void failure(const WrongAnswer& failure) override { print(failure_text(failure)); }
};

class JsonPrinter final : public FailureListener {
 public:
  void begin(const FailureCounts& /*counts*/) override {}
  void failure(const WrongAnswer& failure) override { print(format_failure(failure)); }
};

Outcome run_failures(const FailureSettings& settings, const std::stop_token& stop) {
  const Result<OpenCatalogue> catalogue = open_catalogue(settings.catalog);
  if (!catalogue) return std::unexpected(catalogue.error());
  DiskFiles files;
  TextPrinter text;
  JsonPrinter json;
  FailureListener& listener = settings.json ? static_cast<FailureListener&>(json) : text;
  const auto counts = list_failures(settings.options, catalogue->get(), files, listener, stop);
  if (!counts) return std::unexpected(counts.error());
  return 0;
}

}  // namespace

void add_failures(CLI::App& app, std::function<Outcome()>& chosen, std::stop_token stop) {
  CLI::App* verb =
      app.add_subcommand("failures", "the wrong answers of a run, with the lines they should rest on");
  const auto settings = std::make_shared<FailureSettings>();
  FailureOptions& options = settings->options;
  verb->add_option("RUN", options.run, "a results file, .jsonl")->required();
  verb->add_option("--data", options.data, "datasets; without it those that the run's summary names")
      ->type_name("DATA...");
  verb->add_option("--category", options.category, "only questions of this category")->type_name("NAME");
  verb->add_option("--limit", options.limit, "the first N; 0 for all [0]")->type_name("N");
  verb->add_option("--catalog", settings->catalog, "TOML laid over the default catalogue")->type_name("FILE");
  verb->add_flag("--json", settings->json, "a line of JSON each");
  verb->callback([settings, &chosen, stop = std::move(stop)] {
    chosen = [settings, stop] { return run_failures(*settings, stop); };
  });
}

}  // namespace synthv1::cli
