// SPDX-License-Identifier: Apache-2.0
#include "cli/listeners.h"
#include "cli/open_catalogue.h"
#include "cli/run_preview.h"
#include "cli/summary.h"
#include "cli/verbs.h"

#include <cstdio>

#include <fmt/format.h>

namespace synthv1::cli {

Outcome run_generate(GenerateSettings& settings, const StopTokens& stop) {
  if (settings.preview) return run_preview(settings, stop.drain);
  settle(settings);
  const GenerateOptions& run = settings.run;
  const Result<OpenCatalogue> catalogue = open_catalogue(settings.catalog);
  if (!catalogue) return std::unexpected(catalogue.error());
  DiskFiles files;
  const auto listeners = RunListeners::open(run, settings, files);
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
