// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/run_status.h"

#include <string>
#include <string_view>
#include <vector>

namespace synthv1::cli {

/// "sessions    [####....]  50%": the front of a bar's line.
std::string bar_text(std::string_view name, std::uint64_t done, std::uint64_t total);

/// A run by a model as lines of at most `width` columns, the most important first.
std::vector<std::string> panel_lines(const RunStatus& status, std::size_t width);

/// The same in one line, for a file or a pipe.
std::string status_line(const RunStatus& status);

}  // namespace synthv1::cli
