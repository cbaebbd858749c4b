// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal_progress.h"

#include "cli/panel.h"
#include "cli/quantities.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>
#include <unistd.h>

namespace synthv1::cli {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kFirstDraw = 300ms;  ///< runs shorter than this show nothing
constexpr std::chrono::milliseconds kBetweenDraws = 100ms;
constexpr std::chrono::milliseconds kBetweenLines = 5s;

}  // namespace

TerminalProgress::Mode TerminalProgress::mode_for(int descriptor, bool quiet) {
  if (quiet) return Mode::silent;
  const char* term = std::getenv("TERM");
  const bool dumb = term == nullptr || *term == '\0' || std::string_view(term) == "dumb";
  return isatty(descriptor) != 0 && !dumb ? Mode::bars : Mode::lines;
}

void TerminalProgress::begin(const RunOutline& outline) {
  records_done_.total = outline.records;
  sessions_done_.total = outline.sessions;
  paraphrases_done_.total = outline.paraphrases;
  questions_done_.total = outline.questions;
  start_ = now_();
  next_ = start_ + (mode_ == Mode::bars ? kFirstDraw : kBetweenLines);
}

void TerminalProgress::sessions_done(std::uint64_t count) {
  sessions_done_.done += count;
  counted_more();
}

void TerminalProgress::paraphrases_done(std::uint64_t count) {
  paraphrases_done_.done += count;
  counted_more();
}

void TerminalProgress::questions_done(std::uint64_t count) {
  questions_done_.done += count;
  counted_more();
}

void TerminalProgress::evaluated_record() {
  ++records_done_.done;
  counted_more();
}

void TerminalProgress::record_done(const RecordSummary& summary) {
  ++records_done_.done;
  if (records_.size() < kKept) records_.push_back(summary);
  counted_more();
}

void TerminalProgress::note(std::string_view line) {
  if (mode_ != Mode::silent) screen_.print_above(line);
}

void TerminalProgress::status(const RunStatus& status) {
  has_status_ = true;
  if (!due()) return;
  if (mode_ == Mode::bars) {
    show(panel_lines(status, terminal_size(out_).columns - 1));
  } else {
    show({status_line(status)});
  }
}

void TerminalProgress::counted_more() {
  if (!has_status_ && due()) show(count_lines());
}

bool TerminalProgress::due() {
  if (mode_ == Mode::silent) return false;
  const auto now = now_();
  if (now < next_) return false;
  next_ = now + (mode_ == Mode::bars ? kBetweenDraws : kBetweenLines);
  return true;
}

void TerminalProgress::show(const std::vector<std::string>& lines) {
  if (mode_ == Mode::bars) return screen_.show(lines);
  for (const std::string& line : lines) screen_.print_above(line);
}

std::vector<std::string> TerminalProgress::count_lines() const {
  std::vector<std::string> lines;
  for (const Count* count : {&records_done_, &sessions_done_, &paraphrases_done_, &questions_done_}) {
    if (count->total == 0 || (count->done == 0 && records_done_.done > 0)) continue;
    lines.push_back(line_of(*count));
  }
  return lines;
}

std::string TerminalProgress::line_of(const Count& count) const {
  const double seconds = std::chrono::duration<double>(now_() - start_).count();
  const double rate = static_cast<double>(count.done) / std::max(seconds, 1e-9);
  std::string text = fmt::format("{}/{}", count.done, count.total);
  if (count.done > 0) text += fmt::format("  {:.1f}/s", rate);
  if (count.done > 0 && count.done < count.total) {
    text += fmt::format("  {} left", duration_text(static_cast<double>(count.total - count.done) / rate));
  }
  if (mode_ == Mode::lines) return fmt::format("{} {}", count.name, text);
  return fmt::format("{}  {}", bar_text(count.name, count.done, count.total), text);
}

}  // namespace synthv1::cli
