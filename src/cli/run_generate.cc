// SPDX-License-Identifier: Apache-2.0
#include "cli/listeners.h"
#include "cli/open_catalogue.h"
#include "cli/summary.h"
#include "cli/verbs.h"

#include <cstdio>
#include <random>

#include <fmt/format.h>

namespace synthv1::cli {

namespace {

/// A seed that JSON readers keep exact, whatever they hold numbers in: 48 bits.
std::uint64_t draw_seed() {
  std::random_device device;
  return (std::uint64_t{device()} << 16) ^ (device() & 0xffff);
}

}  // namespace

Outcome run_generate(GenerateSettings& settings, const std::stop_token& stop) {
  GenerateOptions& run = settings.run;
  run.diversify = !settings.no_diversify;
  if (!settings.seed_given) run.seed = draw_seed();
  const Result<OpenCatalogue> catalogue = open_catalogue(settings.catalog);
  if (!catalogue) return std::unexpected(catalogue.error());
  DiskFiles files;
  const auto listeners = RunListeners::open(settings, files);
  if (!listeners) return std::unexpected(listeners.error());
  TerminalProgress& terminal = (*listeners)->terminal();
  const Result<GenerateSummary> summary = generate(run, catalogue->get(), files, (*listeners)->all(), stop);
  terminal.wipe();
  if (!summary) return std::unexpected(summary.error());
  if (settings.quiet) return 0;
  std::FILE* out = run.out == "-" ? stderr : stdout;
  fmt::print(out, "{}", generate_summary(run, *summary, terminal.records()));
  std::fflush(out);
  fmt::print(stderr, "{}", generate_remarks(run, *summary));
  return 0;
}

}  // namespace synthv1::cli
