// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/courier.h"
#include "synthv1/commands/progress.h"

#include <chrono>
#include <string>

namespace synthv1::python {

/// Tells Python how a run goes on: notes as events "note", and where it is wanted the lines of the terminal's
/// panel, a few times a second, as events "panel".
class EventProgress final : public Progress {
 public:
  enum class Shows { notes, panel };
  /// `courier` outlives this.
  EventProgress(Courier& courier, Shows shows) : courier_(courier), shows_(shows) {}

  void begin(const RunOutline& outline) override;
  void sessions_done(std::uint64_t count) override;
  void paraphrases_done(std::uint64_t count) override;
  void record_done(const RecordSummary& summary) override;
  void questions_done(std::uint64_t count) override;
  void note(std::string_view line) override;
  void status(const RunStatus& status) override;

 private:
  bool due();
  void counted_more();
  void show(const std::vector<std::string>& lines);

  Courier& courier_;
  Shows shows_;
  Portion records_, sessions_, paraphrases_, questions_;
  bool has_status_ = false;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace synthv1::python
