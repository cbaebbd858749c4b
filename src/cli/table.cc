// SPDX-License-Identifier: Apache-2.0
#include "cli/table.h"

#include "synthv1/base/display_width.h"

#include <algorithm>
#include <numeric>

namespace synthv1::cli {

namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kLeastName = 10;  ///< columns that the first one keeps

std::string spaces(std::size_t width, std::string_view cell) {
  const std::size_t used = display_width(cell);
  return std::string(width > used ? width - used : 0, ' ');
}

std::string line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  const std::string_view name = cut_to_width(cells.front(), widths.front());
  std::string text(name);
  text += spaces(widths.front(), name);
  for (std::size_t i = 1; i < cells.size(); ++i)
    text.append(kGap, ' ').append(spaces(widths[i], cells[i])).append(cells[i]);
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

}  // namespace

void Table::add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

std::vector<std::size_t> Table::widths() const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  return widths;
}

std::string Table::text(std::size_t columns) const {
  std::vector<std::size_t> wide = widths();
  if (wide.empty()) return {};
  const std::size_t total = std::accumulate(wide.begin(), wide.end(), kGap * (wide.size() - 1));
  const std::size_t over = total > columns ? total - columns : 0;
  if (over > 0)
    wide.front() = std::max(std::min(wide.front(), kLeastName), wide.front() - std::min(wide.front(), over));
  std::string text;
  for (const auto& row : rows_) {
    if (!row.empty()) text += cut_to_width(line(row, wide), columns);
    text += '\n';
  }
  return text;
}

}  // namespace synthv1::cli
