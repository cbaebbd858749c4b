// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal_progress.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace synthv1::cli {

namespace {

using namespace std::chrono_literals;

constexpr auto kFirstDraw = 300ms;  ///< runs shorter than this show nothing
constexpr auto kBetweenDraws = 100ms;
constexpr auto kBetweenLines = 5s;
constexpr std::size_t kBarWidth = 24;

std::size_t terminal_width(std::FILE* out) {
  winsize size{};
  if (ioctl(fileno(out), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

std::string duration_text(double seconds) {
  const auto whole = static_cast<std::uint64_t>(seconds + 0.5);
  if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

TerminalProgress::Mode TerminalProgress::mode_for(int descriptor, bool quiet) {
  if (quiet) return Mode::silent;
  const char* term = std::getenv("TERM");
  const bool dumb = term == nullptr || *term == '\0' || std::string_view(term) == "dumb";
  return isatty(descriptor) != 0 && !dumb ? Mode::bars : Mode::lines;
}

void TerminalProgress::begin(const RunSize& size) {
  records_done_.total = size.records;
  sessions_done_.total = size.sessions;
  paraphrases_done_.total = size.paraphrases;
  start_ = Clock::now();
  next_ = start_ + (mode_ == Mode::bars ? std::chrono::nanoseconds(kFirstDraw)
                                        : std::chrono::nanoseconds(kBetweenLines));
}

void TerminalProgress::sessions_done(std::uint64_t count) {
  sessions_done_.done += count;
  changed();
}

void TerminalProgress::paraphrases_done(std::uint64_t count) {
  paraphrases_done_.done += count;
  changed();
}

void TerminalProgress::record_done(const RecordSummary& summary) {
  ++records_done_.done;
  if (records_.size() < kKept) records_.push_back(summary);
  changed();
}

void TerminalProgress::note(std::string_view line) {
  if (mode_ == Mode::silent) return;
  wipe();
  fmt::print(out_, "{}\n", line);
  std::fflush(out_);
}

void TerminalProgress::changed() {
  if (mode_ == Mode::silent) return;
  const auto now = Clock::now();
  if (now < next_) return;
  draw();
  next_ = now + (mode_ == Mode::bars ? std::chrono::nanoseconds(kBetweenDraws)
                                     : std::chrono::nanoseconds(kBetweenLines));
}

void TerminalProgress::draw() {
  const std::size_t width = mode_ == Mode::bars ? terminal_width(out_) : 200;
  wipe();
  std::string text;
  for (const Count* count : {&records_done_, &sessions_done_, &paraphrases_done_}) {
    if (count->total == 0 || (count->done == 0 && records_done_.done > 0)) continue;
    text += line_of(*count, width);
    text += '\n';
    if (mode_ == Mode::bars) ++lines_on_screen_;
  }
  std::fwrite(text.data(), 1, text.size(), out_);
  std::fflush(out_);
}

std::string TerminalProgress::line_of(const Count& count, std::size_t width) const {
  const double share = static_cast<double>(count.done) / static_cast<double>(count.total);
  const double rate = static_cast<double>(count.done) / std::max(seconds(), 1e-9);
  std::string text = fmt::format("{}/{}", count.done, count.total);
  if (count.done > 0) text += fmt::format("  {:.1f}/s", rate);
  if (count.done > 0 && count.done < count.total) {
    text += fmt::format("  {} left", duration_text(static_cast<double>(count.total - count.done) / rate));
  }
  if (mode_ == Mode::lines) return fmt::format("{} {}", count.name, text);
  const auto filled = static_cast<std::size_t>(share * kBarWidth);
  std::string line = fmt::format("{:<12}[{:#<{}}{:.<{}}] {:3.0f}%  {}", count.name, "", filled, "",
                                 kBarWidth - filled, share * 100, text);
  if (line.size() >= width) line.resize(width - 1);
  return line;
}

void TerminalProgress::wipe() {
  if (lines_on_screen_ == 0) return;
  fmt::print(out_, "\x1b[{}A\r\x1b[J", lines_on_screen_);
  std::fflush(out_);
  lines_on_screen_ = 0;
}

}  // namespace synthv1::cli
