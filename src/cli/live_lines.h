// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1::cli {

/// The size of a terminal, in characters; 80 x 24 where `out` is none.
struct TerminalSize {
  std::size_t columns = 80;
  std::size_t rows = 24;
};
TerminalSize terminal_size(std::FILE* out);

/// Lines that stay at the bottom of what a terminal shows, drawn over each other in one write; whatever its
/// size becomes, none wraps when drawn and all are taken away again.
class LiveLines {
 public:
  explicit LiveLines(std::FILE* out) : out_(out) {}

  /// Shows these lines instead of those before, cut to the terminal's width and height. Skipped where the
  /// terminal takes no output for now (Ctrl-S): nothing may wait for it.
  void show(const std::vector<std::string>& lines);
  /// Prints a line that stays, above those shown.
  void print_above(std::string_view line);
  /// Takes the lines off the screen.
  void wipe();

 private:
  std::size_t rows_shown(std::size_t columns) const;
  std::string to_first_line(std::size_t columns) const;
  std::string taken_away(std::size_t columns) const;
  std::string draw(const std::vector<std::string>& lines, TerminalSize size);
  void write(const std::string& text);

  std::FILE* out_;
  std::vector<std::string> shown_;  ///< as they stand on the screen
};

}  // namespace synthv1::cli
