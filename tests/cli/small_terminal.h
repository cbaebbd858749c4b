// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace synthv1::test {

/// A terminal as far as our panel uses one: printing, new lines, cursor up, erasing, automatic wrap off and
/// on. What it cannot do counts in unknown().
class SmallTerminal {
 public:
  SmallTerminal(std::size_t columns, std::size_t rows) : columns_(columns), rows_(rows), lines_(1) {}

  void feed(std::string_view bytes);

  /// All lines, those that have left the screen first, without the empty ones at the end.
  std::vector<std::string> lines() const;
  /// How many characters came where the line had no room for them.
  std::size_t overflowed() const { return overflowed_; }
  std::size_t unknown() const { return unknown_; }

 private:
  std::size_t escape(std::string_view bytes);
  void print(std::string_view character);
  void new_line();
  void up(std::size_t rows);
  std::size_t first_visible() const { return lines_.size() > rows_ ? lines_.size() - rows_ : 0; }

  std::size_t columns_, rows_;
  std::vector<std::vector<std::string>> lines_;  ///< cells; the second of a wide character is empty
  std::size_t row_ = 0, column_ = 0;
  std::size_t overflowed_ = 0, unknown_ = 0;
};

}  // namespace synthv1::test
