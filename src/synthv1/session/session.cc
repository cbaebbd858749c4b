// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/session.h"

namespace synthv1 {

std::string_view said_by(Role role) { return role == Role::user ? "User said, \"" : "Assistant said, \""; }

void append_chunk(std::string& out, Date date, const std::vector<Turn>& turns) {
  const std::string prefix = "[" + format_date(date) + "] ";
  bool first = true;
  for (const Turn& turn : turns) {
    if (!first) out.push_back('\n');
    first = false;
    out.append(prefix).append(said_by(turn.role)).append(turn.content).push_back('"');
  }
}

std::string make_chunk(Date date, const std::vector<Turn>& turns) {
  std::size_t size = 0;
  for (const Turn& turn : turns) size += turn.content.size() + 32;
  std::string chunk;
  chunk.reserve(size);
  append_chunk(chunk, date, turns);
  return chunk;
}

}  // namespace synthv1
