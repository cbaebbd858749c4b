// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace synthv1::cli {

/// Rows for a terminal: the first column is left, the others are right; each as wide as its widest cell.
class Table {
 public:
  /// Cells hold no control characters; a row may have fewer cells than others.
  void add(std::vector<std::string> cells);
  /// Lines that end in a line feed, at most `columns` wide: the first column is cut as far as need be, then
  /// the ends of the lines.
  std::string text(std::size_t columns) const;

 private:
  std::vector<std::size_t> widths() const;

  std::vector<std::vector<std::string>> rows_;
};

}  // namespace synthv1::cli
