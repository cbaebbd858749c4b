// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// The rewrites of a reply, by id, and what is wrong with the reply as a whole.
struct ParaphraseReply {
  std::map<std::uint32_t, std::string> rewrites;  ///< of ids that were asked and came once; trimmed
  std::vector<std::uint32_t> missing;             ///< ids asked for that did not come
  std::vector<std::string> faults;                ///< one line each, in English
};

/// Reads {"questions": [{"id", "question"}]} in any order. Malformed JSON is repaired where its content
/// survives.
ParaphraseReply read_paraphrase_reply(std::string_view text, std::span<const std::uint32_t> asked);

}  // namespace synthv1
