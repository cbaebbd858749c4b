// SPDX-License-Identifier: Apache-2.0
#include "cli/quantities.h"

#include <fmt/format.h>

namespace synthv1::cli {

std::string duration_text(double seconds) {
  const auto whole = static_cast<std::uint64_t>(seconds + 0.5);
  if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

std::string rate_text(double per_second) {
  if (per_second >= 1) return fmt::format("{:.1f}/s", per_second);
  if (per_second >= 1.0 / 60) return fmt::format("{:.1f}/min", per_second * 60);
  return fmt::format("{:.1f}/h", per_second * 3600);
}

std::string count_text(std::uint64_t count) {
  std::string text = fmt::format("{}", count);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::string count_text(std::int64_t count) {
  const auto size = static_cast<std::uint64_t>(count);
  return count < 0 ? "-" + count_text(-size) : count_text(size);
}

}  // namespace synthv1::cli
