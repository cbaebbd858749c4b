// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace synthv1 {

/// The words of a text as hashes: a run of letters (ASCII case aside) is one, a Chinese character or kana is
/// one, and a number is one that is the same for all numbers. What stands between them is none. Fills `units`
/// anew.
void read_units(std::string_view text, std::vector<std::uint64_t>& units);

/// A hash of a row of hashes, in order.
constexpr std::uint64_t join_hashes(std::uint64_t before, std::uint64_t next) noexcept {
  std::uint64_t mixed = (before ^ (next + 0x9E3779B97F4A7C15U + (before << 6U) + (before >> 2U)));
  mixed ^= mixed >> 32U;
  mixed *= 0xD6E8FEB86659FD93U;
  return mixed ^ (mixed >> 32U);
}

/// A hash of a text (FNV-1a, 64 bits): the same on every machine.
constexpr std::uint64_t hash_text(std::string_view text) noexcept {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return hash;
}

}  // namespace synthv1
