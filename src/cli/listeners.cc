// SPDX-License-Identifier: Apache-2.0
#include "cli/listeners.h"

#include "cli/settings.h"
#include "synthv1/commands/run_journal.h"

#include <fmt/format.h>
#include <unistd.h>

namespace synthv1::cli {

RunListeners::RunListeners(const ProgramSettings& settings)
    : terminal_(TerminalProgress::mode_for(STDERR_FILENO, settings.quiet), stderr) {
  all_.add(terminal_);
}

Result<std::unique_ptr<RunListeners>> RunListeners::open(const RunOptions& run,
                                                         const ProgramSettings& settings, Files& files) {
  std::unique_ptr<RunListeners> listeners(new RunListeners(settings));
  const std::string progress = run.out + ".progress.json";
  if (!run.embedded() && run.out != "-") {
    listeners->all_.add(listeners->file_.emplace(files, progress, listeners->terminal_));
  }
  if (settings.log.empty()) return listeners;
  if (settings.log == run.out || settings.log == progress || settings.log == journal_path(run)) {
    return fail(ErrorKind::usage, fmt::format("--log={}: another file is written there; name a file of its "
                                              "own",
                                              settings.log));
  }
  auto log = EventLog::open(files, settings.log, listeners->terminal_);
  if (!log) return fail(log.error().kind, fmt::format("--log: {}", log.error().message));
  listeners->log_ = std::move(*log);
  listeners->all_.add(*listeners->log_);
  return listeners;
}

}  // namespace synthv1::cli
