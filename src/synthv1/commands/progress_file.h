// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/latest_text.h"
#include "synthv1/commands/progress.h"
#include "synthv1/commands/timestamp.h"

#include <optional>
#include <string>

namespace synthv1 {

/// Keeps a file with the numbers of a run by a model for other programs (docs/formats/progress.md), replaced
/// at once about every second, and when the run has ended. Where it cannot be written, that is noted once and
/// the run goes on.
class ProgressFile final : public SilentProgress {
 public:
  /// `files` and `notes` must outlive this; the file is written on a thread of its own.
  ProgressFile(Files& files, std::string path, Progress& notes, WallClock clock = wall_time);

  void begin(const RunOutline& outline) override;
  void status(const RunStatus& status) override;
  void ended(const RunEnd& end) override;

  /// Waits until the file says what was last to be written.
  void settle() { file_.settle(); }

 private:
  void write();
  void note_failure();
  std::string text() const;

  LatestText file_;
  Progress& notes_;
  WallClock clock_;
  RunOutline outline_;
  WallTime started_{};
  std::optional<RunStatus> latest_;
  std::chrono::milliseconds written_at_{0};  ///< of the run's time
  bool noted_ = false;
};

}  // namespace synthv1
