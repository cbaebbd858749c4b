// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/repair.h"

#include "synthv1/base/json_write.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace synthv1 {

Result<RepairSummary> repair_text(std::string_view input, const RepairOptions& options) {
  Result<json::RepairOutcome> outcome = json::repair(input);
  if (!outcome) return std::unexpected(outcome.error());
  const auto lossy = std::ranges::find_if(outcome->repairs, &json::Repair::lossy);
  const bool is_lossy = lossy != outcome->repairs.end();
  if (is_lossy && options.strict) {
    return fail(ErrorKind::faulty,
                fmt::format("--strict refuses a lossy repair at {}", describe(*lossy, input)));
  }
  std::string text = outcome->repairs.empty() ? std::string(input) : json::write(outcome->value);
  return RepairSummary{std::move(text), std::move(outcome->repairs), is_lossy};
}

std::string describe(const json::Repair& repair, std::string_view input) {
  const std::string_view before = input.substr(0, repair.offset);
  const std::ptrdiff_t line = 1 + std::ranges::count(before, '\n');
  const std::size_t column = before.size() - (before.rfind('\n') + 1) + 1;
  const auto kind = std::ranges::find(json::repair_kinds(), repair.name, &json::RepairKind::name);
  const std::string_view meaning = kind == json::repair_kinds().end() ? "" : kind->meaning;
  return fmt::format("line {}, column {}: {} ({}{})", line, column, repair.name,
                     repair.lossy ? "lossy: " : "", meaning);
}

}  // namespace synthv1
