// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/terminal_progress.h"
#include "synthv1/commands/event_log.h"
#include "synthv1/commands/progress_fan.h"
#include "synthv1/commands/progress_file.h"
#include "synthv1/commands/run_options.h"

#include <memory>
#include <optional>
#include <string>

namespace synthv1::cli {

struct ProgramSettings;

/// All that hear how a run goes on: the terminal, OUT.progress.json beside the output of a model, the
/// file of --log.
class RunListeners {
 public:
  /// ErrorKind::usage where the log cannot be written. `files` must outlive the listeners.
  static Result<std::unique_ptr<RunListeners>> open(const RunOptions& run, const ProgramSettings& settings,
                                                    Files& files);

  Progress& all() { return all_; }
  TerminalProgress& terminal() { return terminal_; }

 private:
  explicit RunListeners(const ProgramSettings& settings);

  TerminalProgress terminal_;
  std::optional<ProgressFile> file_;
  std::unique_ptr<EventLog> log_;
  ProgressFan all_;
};

}  // namespace synthv1::cli
