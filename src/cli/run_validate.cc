// SPDX-License-Identifier: Apache-2.0
#include "cli/run_validate.h"

#include "cli/open_catalogue.h"
#include "synthv1/base/text.h"
#include "synthv1/commands/validate.h"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace synthv1::cli {

namespace {

/// What `validate` is told.
struct ValidateSettings {
  std::vector<std::string> paths;
  std::string catalog;
  std::uint32_t threads = 0;
  bool quiet = false;
};

/// Prints faults and notes as they are found.
class Printer : public ValidateListener {
 public:
  explicit Printer(bool quiet) : quiet_(quiet) {}
  void fault(const RecordPlace& place, const Fault& fault) override {
    fmt::print("{}\n", describe(place, fault));
  }
  void note(const RecordPlace& place, const std::string& text) override {
    if (!quiet_) fmt::print("{}: record {}: note: {}\n", place.file, place.index, text);
  }

 private:
  bool quiet_;
};

void print_counts(const ValidateSummary& summary) {
  const RecordCounts& counts = summary.counts;
  fmt::print("{}, {}, {}, {}, {} checked\n", counted(counts.records, "record"),
             counted(counts.sessions, "session"), counted(counts.turns, "turn"),
             counted(counts.transactions, "transaction"), counted(counts.questions, "question"));
  for (std::size_t kind = 0; kind < kNumFaultKinds; ++kind) {
    if (summary.faults[kind] > 0) fmt::print("  {}: {}\n", kFaultKindNames[kind], summary.faults[kind]);
  }
  if (summary.good()) {
    fmt::print("✅ No faults{}\n", summary.notes > 0 ? ", " + counted(summary.notes, "note") : std::string());
  } else {
    fmt::print("❌ {}\n", counted(summary.num_faults(), "fault"));
  }
}

Outcome run_validate(const ValidateSettings& settings, const std::stop_token& stop) {
  const Result<OpenCatalogue> catalogue = open_catalogue(settings.catalog);
  if (!catalogue) return std::unexpected(catalogue.error());
  DiskFiles files;
  Printer printer(settings.quiet);
  const Result<ValidateSummary> summary =
      validate(settings.paths, catalogue->get(), files, printer, {.threads = settings.threads}, stop);
  std::fflush(stdout);
  if (!summary) return std::unexpected(summary.error());
  if (!settings.quiet) print_counts(*summary);
  return summary->good() ? 0 : 1;
}

}  // namespace

void add_validate(CLI::App& app, std::function<Outcome()>& chosen, std::stop_token stop) {
  CLI::App* verb = app.add_subcommand("validate", "re-prove every answer and every rule of dataset files");
  const auto settings = std::make_shared<ValidateSettings>();
  verb->add_option("FILE", settings->paths, "datasets, .json or .jsonl; - is standard input")->required();
  verb->add_option("--catalog", settings->catalog, "TOML laid over the default catalogue")->type_name("FILE");
  verb->add_option("--threads", settings->threads, "threads that check records, 0 for all cores")
      ->check(CLI::Range(0, 1024))
      ->type_name("N");
  verb->add_flag("--quiet", settings->quiet, "print faults only");
  verb->callback([settings, &chosen, stop = std::move(stop)] {
    chosen = [settings, stop] { return run_validate(*settings, stop); };
  });
}

}  // namespace synthv1::cli
