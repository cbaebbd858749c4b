// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "synthv1/base/random.h"
#include "synthv1/catalogue/phrases.h"

namespace synthv1 {

/// Draws elements of groups in random order, none a second time before its group is used up: what keeps a record from
/// repeating itself. One deck serves all groups of one table, which must not overlap.
class Deck {
 public:
  /// `size` is that of the table that the groups lie in.
  explicit Deck(std::size_t size) : order_(size), drawn_(size, kFresh) {}

  /// The index, in the table, of an element of `group` for which `fits(index)` holds: one not drawn in this round
  /// while there is one, then one drawn before. Nothing where none fits.
  template <class Fits>
  std::optional<std::uint32_t> draw(Group group, RandomStream& random, const Fits& fits) {
    if (group.count == 0) return std::nullopt;
    std::uint16_t& drawn = drawn_[group.first];
    if (drawn == kFresh) lay_out(group, drawn);
    if (drawn == group.count) drawn = 0;
    if (const auto place = find(group, drawn, group.count, random, fits)) {
      std::swap(order_[*place], order_[group.first + drawn]);
      return group.first + order_[group.first + drawn++];
    }
    const auto place = find(group, 0, drawn, random, fits);
    if (!place) return std::nullopt;
    return group.first + order_[*place];
  }

 private:
  static constexpr std::uint16_t kFresh = 0xffff;

  void lay_out(Group group, std::uint16_t& drawn) {
    for (std::uint32_t i = 0; i < group.count; ++i) order_[group.first + i] = static_cast<std::uint16_t>(i);
    drawn = 0;
  }

  /// A place among [from, to) of the group whose element fits, looking around from a random one.
  template <class Fits>
  std::optional<std::size_t> find(Group group, std::uint32_t from, std::uint32_t to, RandomStream& random,
                                  const Fits& fits) {
    if (from == to) return std::nullopt;
    const std::uint32_t count = to - from;
    const auto start = static_cast<std::uint32_t>(random.below(count));
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint32_t step = start + i < count ? start + i : start + i - count;
      const std::size_t place = group.first + from + step;
      if (fits(group.first + order_[place])) return place;
    }
    return std::nullopt;
  }

  std::vector<std::uint16_t> order_;  ///< by place: an index within the place's group
  std::vector<std::uint16_t> drawn_;  ///< by a group's first place: how many of it were drawn this round
};

}  // namespace synthv1
