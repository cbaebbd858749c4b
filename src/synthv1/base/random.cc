// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/random.h"

namespace synthv1 {

namespace {

constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15;

std::uint64_t fnv1a(std::string_view text) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace

std::uint64_t RandomStream::mix(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

RandomStream::RandomStream(Key key) noexcept : key_(key.value) {
  std::uint64_t x = key_;
  for (std::uint64_t& word : state_) word = mix(x += kGolden);
}

RandomStream RandomStream::child(std::string_view name, std::uint64_t index) const noexcept {
  return RandomStream(Key{mix(mix(key_ + kGolden) ^ fnv1a(name)) + mix(index + kGolden)});
}

std::uint32_t permute32(std::uint64_t key, std::uint32_t value) noexcept {
  auto left = static_cast<std::uint16_t>(value >> 16);
  auto right = static_cast<std::uint16_t>(value);
  for (std::uint64_t round = 0; round < 4; ++round) {
    const std::uint64_t f = RandomStream(key).child("feistel", (round << 16) | right).next();
    const auto swapped = static_cast<std::uint16_t>(left ^ static_cast<std::uint16_t>(f));
    left = right;
    right = swapped;
  }
  return (static_cast<std::uint32_t>(left) << 16) | right;
}

}  // namespace synthv1
