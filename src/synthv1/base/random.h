// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace synthv1 {

/// A stream of random numbers that is a function of its name: a seed and a path such as record 3, session 7.
/// Integers only, and no std:: distribution, so that every machine and library draws the same. The generator
/// is xoshiro256** (Blackman and Vigna, 2018), its state filled by splitmix64 from a hash of the name.
class RandomStream {
 public:
  explicit RandomStream(std::uint64_t seed) noexcept : RandomStream(Key{mix(seed ^ kRoot)}) {}

  /// The stream named `name` and `index` below this one. It depends on names only, not on what was drawn
  /// here.
  RandomStream child(std::string_view name, std::uint64_t index = 0) const noexcept;

  /// 64 random bits.
  std::uint64_t next() noexcept {
    const std::uint64_t result = rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = rotl(state_[3], 45);
    return result;
  }

  /// A number in [0, bound), each equally likely (Lemire, 2019). `bound` is at least 1.
  std::uint64_t below(std::uint64_t bound) noexcept {
    __extension__ using Wide = unsigned __int128;
    Wide product = static_cast<Wide>(next()) * bound;
    if (static_cast<std::uint64_t>(product) < bound) [[unlikely]] {
      const std::uint64_t threshold = (0 - bound) % bound;
      while (static_cast<std::uint64_t>(product) < threshold) product = static_cast<Wide>(next()) * bound;
    }
    return static_cast<std::uint64_t>(product >> 64);
  }

  /// A number in [low, high], each equally likely.
  std::int64_t between(std::int64_t low, std::int64_t high) noexcept {
    return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1));
  }

  /// True in `percent` of a hundred draws.
  bool chance(unsigned percent) noexcept { return below(100) < percent; }

  /// An element of a container that is not empty.
  template <class Container>
  const auto& pick(const Container& items) noexcept {
    return items[below(items.size())];
  }

  /// Puts `items` in random order (Fisher and Yates).
  template <class T>
  void shuffle(std::span<T> items) noexcept {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }

 private:
  struct Key {
    std::uint64_t value;
  };
  static constexpr std::uint64_t kRoot = 0x73796e7468763100;  // "synthv1"

  explicit RandomStream(Key key) noexcept;
  static std::uint64_t rotl(std::uint64_t x, int k) noexcept { return (x << k) | (x >> (64 - k)); }
  static std::uint64_t mix(std::uint64_t x) noexcept;

  std::uint64_t key_;
  std::array<std::uint64_t, 4> state_;
};

/// A keyed permutation of the 32-bit numbers (a four-round Feistel network): distinct inputs, distinct
/// outputs.
std::uint32_t permute32(std::uint64_t key, std::uint32_t value) noexcept;

}  // namespace synthv1
