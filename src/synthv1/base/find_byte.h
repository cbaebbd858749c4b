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
  Bytes bytes{};
  std::memcpy(&bytes, text.data() + at, text.size() - at);
  return std::min(at + first_lane(wanted(bytes)), text.size());
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
