// SPDX-License-Identifier: Apache-2.0
#include "native/event_progress.h"

#include "cli/panel.h"
#include "synthv1/base/text.h"

#include <fmt/format.h>

namespace synthv1::python {

namespace {

constexpr std::chrono::milliseconds kBetween{200};
constexpr std::size_t kWidth = 100;  ///< columns of a notebook's cell

std::string count_line(std::string_view name, const Portion& portion) {
  return fmt::format("{}  {}/{}", cli::bar_text(name, portion.done, portion.total), portion.done,
                     portion.total);
}

}  // namespace

void EventProgress::begin(const RunOutline& outline) {
  records_.total = outline.records;
  sessions_.total = outline.sessions;
  paraphrases_.total = outline.paraphrases;
  questions_ = {.done = outline.questions_kept, .total = outline.questions};
  next_ = std::chrono::steady_clock::now() + kBetween;
}

void EventProgress::sessions_done(std::uint64_t count) {
  sessions_.done += count;
  counted_more();
}

void EventProgress::paraphrases_done(std::uint64_t count) {
  paraphrases_.done += count;
  counted_more();
}

void EventProgress::record_done(const RecordSummary& /*summary*/) {
  ++records_.done;
  counted_more();
}

void EventProgress::questions_done(std::uint64_t count) {
  questions_.done += count;
  counted_more();
}

void EventProgress::note(std::string_view line) {
  courier_.post({.name = "note", .text = std::string(line)});
}

void EventProgress::status(const RunStatus& status) {
  has_status_ = true;
  if (due()) show(cli::panel_lines(status, kWidth));
}

void EventProgress::counted_more() {
  if (has_status_ || !due()) return;
  std::vector<std::string> lines;
  if (records_.total > 0) lines.push_back(count_line("records", records_));
  if (sessions_.total > 0 && sessions_.done > 0) lines.push_back(count_line("sessions", sessions_));
  if (questions_.total > 0) lines.push_back(count_line("questions", questions_));
  show(lines);
}

bool EventProgress::due() {
  if (shows_ == Shows::notes) return false;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return false;
  next_ = now + kBetween;
  return true;
}

void EventProgress::show(const std::vector<std::string>& lines) {
  courier_.post({.name = "panel", .text = join(lines, "\n")});
}

}  // namespace synthv1::python
