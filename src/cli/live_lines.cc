// SPDX-License-Identifier: Apache-2.0
#include "cli/live_lines.h"

#include "synthv1/base/display_width.h"

#include <algorithm>

#include <fmt/format.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace synthv1::cli {

namespace {

/// Between these, what is too long for a line is cut by the terminal.
constexpr std::string_view kWrapOff = "\x1b[?7l", kWrapOn = "\x1b[?7h";

bool takes_output(std::FILE* out) {
  pollfd waiting{.fd = fileno(out), .events = POLLOUT, .revents = 0};
  return poll(&waiting, 1, 0) != 0;
}

}  // namespace

TerminalSize terminal_size(std::FILE* out) {
  winsize size{};
  if (ioctl(fileno(out), TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return {};
  return {.columns = size.ws_col, .rows = size.ws_row};
}

void LiveLines::show(const std::vector<std::string>& lines) {
  if (!takes_output(out_)) return;
  const TerminalSize size = terminal_size(out_);
  const std::string begin = to_first_line(size.columns);
  write(begin + draw(lines, size));
}

void LiveLines::print_above(std::string_view line) {
  const TerminalSize size = terminal_size(out_);
  const std::string begin = taken_away(size.columns);
  const std::vector<std::string> lines = shown_;
  write(fmt::format("{}{}\n{}", begin, line, lines.empty() ? "" : draw(lines, size)));
}

void LiveLines::wipe() {
  if (shown_.empty()) return;
  write(taken_away(terminal_size(out_).columns));
  shown_.clear();
}

/// A terminal that was made narrower has wrapped the lines by now.
std::size_t LiveLines::rows_shown(std::size_t columns) const {
  std::size_t rows = 0;
  for (const std::string& line : shown_) {
    rows += std::max<std::size_t>(1, (display_width(line) + columns - 1) / columns);
  }
  return rows;
}

std::string LiveLines::to_first_line(std::size_t columns) const {
  const std::size_t rows = rows_shown(columns);
  return rows == 0 ? std::string() : fmt::format("\x1b[{}A\r", rows);
}

/// Line by line: tmux keeps a screen that is erased whole in its history.
std::string LiveLines::taken_away(std::size_t columns) const {
  std::string text = to_first_line(columns);
  for (std::size_t row = 0; row < rows_shown(columns); ++row) text += "\x1b[2K\n";
  return text + to_first_line(columns);
}

std::string LiveLines::draw(const std::vector<std::string>& lines, TerminalSize size) {
  const std::size_t count = std::min(lines.size(), size.rows - 1);
  // Some terminals (tmux) tell a new size a quarter of a second after they have it.
  std::string text(kWrapOff);
  shown_.clear();
  for (std::size_t i = 0; i < count; ++i) {
    // The last column stays free: terminals differ in when they wrap.
    shown_.emplace_back(cut_to_width(lines[i], size.columns - 1));
    text += shown_.back() + "\x1b[K\n";
  }
  return text.append(kWrapOn).append("\x1b[J");
}

void LiveLines::write(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), out_);
  std::fflush(out_);
}

}  // namespace synthv1::cli
