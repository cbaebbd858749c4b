// SPDX-License-Identifier: Apache-2.0
#include "cli/open_catalogue.h"
#include "cli/run_preview.h"
#include "cli/summary.h"
#include "cli/terminal_progress.h"
#include "cli/verbs.h"

#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

namespace synthv1::cli {

Outcome run_generate(GenerateSettings& settings, const StopTokens& stop) {
  if (settings.preview) return run_preview(settings, stop.drain);
  settle(settings);
  const GenerateOptions& run = settings.run;
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
