// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/progress.h"

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

namespace synthv1::cli {

/// Shows a run on standard error: bars with rate and time left on a terminal, redrawn at most ten times a
/// second and wiped at the end; plain lines, at most one in five seconds, elsewhere. Keeps what the summary
/// says of the first records.
class TerminalProgress : public Progress {
 public:
  enum class Mode { silent, lines, bars };
  static constexpr std::size_t kKept = 20;

  TerminalProgress(Mode mode, std::FILE* out) : mode_(mode), out_(out) {}
  ~TerminalProgress() override { wipe(); }

  void begin(const RunSize& size) override;
  void sessions_done(std::uint64_t count) override;
  void paraphrases_done(std::uint64_t count) override;
  void record_done(const RecordSummary& summary) override;
  void note(std::string_view line) override;

  /// Takes the bars off the screen.
  void wipe();
  /// The first kKept records.
  const std::vector<RecordSummary>& records() const { return records_; }

  /// Bars on a terminal that can move its cursor, lines elsewhere.
  static Mode mode_for(int descriptor, bool quiet);

 private:
  using Clock = std::chrono::steady_clock;
  struct Count {
    std::string_view name;
    std::uint64_t done = 0, total = 0;
  };

  void changed();
  void draw();
  std::string line_of(const Count& count, std::size_t width) const;
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

  Mode mode_;
  std::FILE* out_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_ = start_;
  Count records_done_{"records"}, sessions_done_{"sessions"}, paraphrases_done_{"paraphrases"};
  std::size_t lines_on_screen_ = 0;
  std::vector<RecordSummary> records_;
};

}  // namespace synthv1::cli
