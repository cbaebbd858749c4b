// SPDX-License-Identifier: Apache-2.0
#include "cli/open_catalogue.h"
#include "cli/summary.h"
#include "cli/terminal_progress.h"
#include "cli/verbs.h"

#include <cstdio>
#include <random>

#include <fmt/format.h>
#include <unistd.h>

namespace synthv1::cli {

namespace {

/// A seed that JSON readers keep exact, whatever they hold numbers in: 48 bits.
std::uint64_t draw_seed() {
  std::random_device device;
  return (std::uint64_t{device()} << 16) ^ (device() & 0xffff);
}

}  // namespace

Outcome run_generate(GenerateSettings& settings, const StopTokens& stop) {
  GenerateOptions& run = settings.run;
  run.diversify = !settings.no_diversify;
  run.seed_drawn = !settings.seed_given;
  if (run.seed_drawn) run.seed = draw_seed();
  const Result<OpenCatalogue> catalogue = open_catalogue(settings.catalog);
  if (!catalogue) return std::unexpected(catalogue.error());
  DiskFiles files;
  TerminalProgress progress(TerminalProgress::mode_for(STDERR_FILENO, settings.quiet), stderr);
  const Result<GenerateSummary> summary = generate(run, catalogue->get(), files, progress, stop);
  progress.wipe();
  if (!summary) return std::unexpected(summary.error());
  if (settings.quiet) return 0;
  std::FILE* out = run.out == "-" ? stderr : stdout;
  fmt::print(out, "{}", generate_summary(run, *summary, progress.records()));
  std::fflush(out);
  fmt::print(stderr, "{}", generate_remarks(run, *summary));
  return 0;
}

}  // namespace synthv1::cli
