// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/small_terminal.h"

#include "synthv1/base/display_width.h"
#include "synthv1/base/text.h"

#include <algorithm>
#include <charconv>

namespace synthv1::test {

void SmallTerminal::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    std::size_t size = 1;
    if (bytes[0] == '\x1b') {
      size = escape(bytes);
    } else if (bytes[0] == '\n') {
      new_line();
    } else if (bytes[0] == '\r') {
      column_ = 0;
    } else {
      size = first_code_point(bytes).size;
      print(bytes.substr(0, size));
    }
    bytes.remove_prefix(size);
  }
}

std::size_t SmallTerminal::escape(std::string_view bytes) {
  const std::size_t last = bytes.find_first_of("ABCDHJKhlm", 2);
  if (last == std::string_view::npos) return ++unknown_, bytes.size();
  const std::string_view parameter = bytes.substr(2, last - 2);
  std::size_t number = 0;
  std::from_chars(parameter.data(), parameter.data() + parameter.size(), number);
  if (bytes[last] == 'A') {
    up(std::max<std::size_t>(number, 1));
  } else if (bytes[last] == 'K') {
    lines_[row_].resize(number == 2 ? 0 : std::min(lines_[row_].size(), column_));
  } else if (bytes[last] == 'J' && number == 0) {
    lines_.resize(row_ + 1);
    lines_[row_].resize(std::min(lines_[row_].size(), column_));
  } else if (parameter != "?7") {
    ++unknown_;
  }
  return last + 1;
}

void SmallTerminal::print(std::string_view character) {
  const std::size_t width = display_width(character);
  if (column_ + width > columns_) {
    ++overflowed_;
    return;
  }
  std::vector<std::string>& line = lines_[row_];
  if (width == 0) return;
  if (line.size() < column_ + width) line.resize(column_ + width, " ");
  line[column_] = character;
  if (width == 2) line[column_ + 1].clear();
  column_ += width;
}

void SmallTerminal::new_line() {
  column_ = 0;
  if (++row_ == lines_.size()) lines_.emplace_back();
}

void SmallTerminal::up(std::size_t rows) { row_ = std::max(row_ > rows ? row_ - rows : 0, first_visible()); }

std::vector<std::string> SmallTerminal::lines() const {
  std::vector<std::string> texts;
  for (const auto& line : lines_) {
    std::string text;
    for (const std::string& cell : line) text += cell;
    texts.push_back(std::move(text));
  }
  while (!texts.empty() && texts.back().empty()) texts.pop_back();
  return texts;
}

}  // namespace synthv1::test
