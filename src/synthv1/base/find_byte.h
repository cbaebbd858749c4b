// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace synthv1 {

static_assert(std::endian::native == std::endian::little);

/// Sixteen bytes, looked at in one step.
using Bytes = unsigned char __attribute__((vector_size(16)));
/// What a comparison of Bytes gives: all bits of a lane set where it holds, none elsewhere.
using ByteMask = signed char __attribute__((vector_size(16)));

/// The first lane that is set; 16 where none is.
inline std::size_t first_lane(ByteMask mask) {
  std::uint64_t halves[2];
  std::memcpy(halves, &mask, sizeof halves);
  if (halves[0] != 0) return static_cast<std::size_t>(std::countr_zero(halves[0])) / 8;
  return 8 + static_cast<std::size_t>(std::countr_zero(halves[1])) / 8;
}

/// The first bytes of a text shorter than sixteen bytes; zeros behind them. Reads no byte beyond the text.
inline Bytes load_short(std::string_view text) {
  const auto word = [&]<class Word>(std::size_t at, Word) -> std::uint64_t {
    Word loaded;
    std::memcpy(&loaded, text.data() + at, sizeof loaded);
    return loaded;
  };
  const std::size_t size = text.size();
  std::uint64_t halves[2] = {0, 0};
  if (size >= 8) {
    halves[0] = word(0, std::uint64_t{});
    halves[1] = word(size - 8, std::uint64_t{}) >> (8 * (15 - size)) >> 8;
  } else if (size >= 4) {
    halves[0] = word(0, std::uint32_t{}) | word(size - 4, std::uint32_t{}) >> (8 * (8 - size)) << 32;
  } else if (size > 0) {
    halves[0] = word(0, std::uint8_t{}) | word(size / 2, std::uint8_t{}) << (8 * (size / 2)) |
                word(size - 1, std::uint8_t{}) << (8 * (size - 1));
  }
  Bytes bytes;
  std::memcpy(&bytes, halves, sizeof bytes);
  return bytes;
}

/// The place of the first byte at or behind `from` that is wanted; the text's size where there is none.
/// `wanted(bytes)` compares sixteen bytes and returns a ByteMask.
template <class Wanted>
std::size_t find_byte(std::string_view text, std::size_t from, const Wanted& wanted) {
  std::size_t at = from;
  for (; at + sizeof(Bytes) <= text.size(); at += sizeof(Bytes)) {
    Bytes bytes;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    const std::size_t lane = first_lane(wanted(bytes));
    if (lane < sizeof bytes) return at + lane;
  }
  if (at >= text.size()) return text.size();
  return std::min(at + first_lane(wanted(load_short(text.substr(at)))), text.size());
}

/// How often `byte` stands in `text`.
inline std::size_t count_byte(std::string_view text, char byte) {
  std::size_t count = 0;
  for (; text.size() >= sizeof(Bytes); text.remove_prefix(sizeof(Bytes))) {
    Bytes bytes;
    std::memcpy(&bytes, text.data(), sizeof bytes);
    const ByteMask found = bytes == static_cast<unsigned char>(byte);
    std::uint64_t halves[2];
    std::memcpy(halves, &found, sizeof halves);
    count += static_cast<std::size_t>(std::popcount(halves[0]) + std::popcount(halves[1])) / 8;
  }
  return count + static_cast<std::size_t>(std::count(text.begin(), text.end(), byte));
}

}  // namespace synthv1
