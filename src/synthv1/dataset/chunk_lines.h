// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/session/grounding.h"

#include <expected>
#include <string>
#include <string_view>

namespace synthv1 {

/// One line of a chunk: `[2024-01-15] User said, "..."`.
struct ChunkLine {
  Date date;
  SpokenLine said;  ///< a view into the line
};

/// Reads a line of a chunk; the error is what is wrong with it, in English.
std::expected<ChunkLine, std::string> read_chunk_line(std::string_view line);

}  // namespace synthv1
