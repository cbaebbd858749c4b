// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/random.h"
#include "synthv1/catalogue/phrases.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace synthv1 {

/// Deals the elements of groups out, none a second time before its group is used up: what keeps a record from
/// repeating itself. All records of a run have their groups in the same random order, and each begins
/// elsewhere in it (by the golden ratio), so that neighbours share as little as can be. One deck serves all
/// groups of one table; they must not overlap.
class Deck {
 public:
  /// `size` is that of the table that the groups lie in, `order` the stream of the run.
  Deck(std::size_t size, const RandomStream& order)
      : shuffled_(size, kFresh), order_(size), dealt_(size, kFresh), stream_(order) {}

  /// Begins the record of that index: nothing is dealt.
  void begin_record(std::uint32_t record) {
    record_ = record;
    for (const std::uint32_t first : laid_out_) dealt_[first] = kFresh;
    laid_out_.clear();
  }

  /// The index, in the table, of the next element of `group` for which `fits(index)` holds: one not dealt in
  /// this round while there is one, then one dealt before. Nothing where none fits.
  template <class Fits>
  std::optional<std::uint32_t> draw(Group group, const Fits& fits) {
    if (group.count == 0) return std::nullopt;
    std::uint16_t& dealt = dealt_[group.first];
    if (dealt == kFresh) lay_out(group, dealt);
    if (dealt == group.count) dealt = 0;
    for (std::uint32_t step = 0; step < group.count; ++step) {
      const std::uint32_t place = (dealt + step) % group.count;
      const std::uint32_t element = group.first + order_[group.first + place];
      if (!fits(element)) continue;
      if (place >= dealt) {
        move(group, place, dealt++);
      } else {
        move(group, place, dealt - 1u);
      }
      return element;
    }
    return std::nullopt;
  }

 private:
  static constexpr std::uint16_t kFresh = 0xffff;

  /// Moves an element within the order; those between keep theirs.
  void move(Group group, std::uint32_t from, std::uint32_t to) {
    const auto at = [&](std::uint32_t place) { return order_.begin() + group.first + place; };
    if (from > to) std::rotate(at(to), at(from), at(from + 1));
    if (from < to) std::rotate(at(from), at(from + 1), at(to + 1));
  }

  void lay_out(Group group, std::uint16_t& dealt) {
    const std::span shuffled = std::span(shuffled_).subspan(group.first, group.count);
    if (shuffled[0] == kFresh) shuffle(group, shuffled);
    const std::uint64_t start = ((std::uint64_t{record_} * kGoldenRatio) & 0xffffffff) * group.count >> 32;
    std::rotate_copy(shuffled.begin(), shuffled.begin() + static_cast<std::ptrdiff_t>(start), shuffled.end(),
                     order_.begin() + group.first);
    dealt = 0;
    laid_out_.push_back(group.first);
  }

  void shuffle(Group group, std::span<std::uint16_t> places) const {
    std::iota(places.begin(), places.end(), std::uint16_t{0});
    RandomStream stream = stream_.child("deck", group.first);
    stream.shuffle(places);
  }

  static constexpr std::uint32_t kGoldenRatio = 0x9e3779b9;  ///< of 2^32

  std::vector<std::uint16_t> shuffled_;  ///< the run's order, by place: an index within the place's group
  std::vector<std::uint16_t> order_;     ///< the record's
  std::vector<std::uint16_t> dealt_;     ///< by a group's first place: how many of it were dealt this round
  std::vector<std::uint32_t> laid_out_;  ///< first places of the groups dealt from in this record
  RandomStream stream_;
  std::uint32_t record_ = 0;
};

}  // namespace synthv1
