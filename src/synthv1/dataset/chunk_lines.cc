// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/chunk_lines.h"

#include "synthv1/base/text.h"
#include "synthv1/session/session.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::size_t kDateSize = 10;

std::unexpected<std::string> wrong(std::string reason) { return std::unexpected(std::move(reason)); }

}  // namespace

std::expected<ChunkLine, std::string> read_chunk_line(std::string_view line) {
  if (line.size() < kDateSize + 3 || line[0] != '[' || line.substr(kDateSize + 1, 2) != "] ") {
    return wrong("it does not begin with its date: [2024-01-15]");
  }
  const Result<Date> date = Date::parse(line.substr(1, kDateSize));
  if (!date) return wrong(one_line(date.error().message, 200));
  std::string_view said = line.substr(kDateSize + 3);
  const bool by_user = said.starts_with(said_by(Role::user));
  if (!by_user && !said.starts_with(said_by(Role::assistant))) {
    return wrong(fmt::format("behind the date stands '{}', not User said, \"...\" or Assistant said, \"...\"",
                             one_line(said, 30)));
  }
  said.remove_prefix(said_by(by_user ? Role::user : Role::assistant).size());
  if (!said.ends_with('"')) return wrong("it does not end in a quote");
  said.remove_suffix(1);
  if (trim(said).empty()) return wrong("nothing is said");
  if (said.find('\r') != std::string_view::npos) return wrong("a line break stands in it");
  return ChunkLine{*date, {by_user, said}};
}

}  // namespace synthv1
