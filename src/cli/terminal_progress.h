// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/live_lines.h"
#include "synthv1/commands/progress.h"

#include <chrono>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace synthv1::cli {

/// Shows a run on standard error. On a terminal: bars with rate and time left, of a run by a model a panel
/// with its numbers, redrawn at most ten times a second and wiped at the end. Elsewhere plain lines, at most
/// one in five seconds. Keeps what the summary says of the first records.
class TerminalProgress : public Progress {
 public:
  using Clock = std::chrono::steady_clock;
  enum class Mode { silent, lines, bars };
  static constexpr std::size_t kKept = 20;

  TerminalProgress(Mode mode, std::FILE* out, std::function<Clock::time_point()> now = Clock::now)
      : mode_(mode), out_(out), now_(std::move(now)), screen_(out) {}
  ~TerminalProgress() override { wipe(); }

  void begin(const RunOutline& outline) override;
  void sessions_done(std::uint64_t count) override;
  void paraphrases_done(std::uint64_t count) override;
  void questions_done(std::uint64_t count) override;
  void record_done(const RecordSummary& summary) override;
  void evaluated_record() override;
  void note(std::string_view line) override;
  void status(const RunStatus& status) override;

  /// Takes the bars off the screen.
  void wipe() { screen_.wipe(); }
  /// The first kKept records.
  const std::vector<RecordSummary>& records() const { return records_; }

  /// Bars on a terminal that can move its cursor, lines elsewhere.
  static Mode mode_for(int descriptor, bool quiet);

 private:
  struct Count {
    std::string_view name;
    std::uint64_t done = 0, total = 0;
  };

  bool due();
  void counted_more();
  void show(const std::vector<std::string>& lines);
  std::vector<std::string> count_lines() const;
  std::string line_of(const Count& count) const;

  Mode mode_;
  std::FILE* out_;
  std::function<Clock::time_point()> now_;
  LiveLines screen_;
  Clock::time_point start_ = now_();
  Clock::time_point next_ = start_;
  Count records_done_{"records"}, sessions_done_{"sessions"}, paraphrases_done_{"paraphrases"},
      questions_done_{"questions"};
  bool has_status_ = false;  ///< there is more to show than counts
  std::vector<RecordSummary> records_;
};

}  // namespace synthv1::cli
