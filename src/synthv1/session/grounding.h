// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/ledger/mentions.h"
#include "synthv1/ledger/money.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace synthv1 {

/// A number in a user turn of a session.
struct UserMention {
  std::uint32_t turn = 0;  ///< the line of the chunk, from 0
  NumberMention number;
};

/// A full date in a user turn.
struct UserDate {
  std::uint32_t turn = 0;
  DateMention date;
};

/// Where a session's amounts are stated and which amounts of money nothing explains (SPEC, "A good session").
struct Grounding {
  std::vector<std::optional<std::uint32_t>> turns;  ///< by amount: the line that first states it; k equal
                                                    ///< amounts take k mentions, in order
  std::vector<UserMention> unexplained;  ///< amounts of money that are no transaction's and no sum so far
  std::vector<UserDate> dates;           ///< in the order in which the user names them
};

/// One line of a session, for ground(): only user turns are read.
struct SpokenLine {
  bool by_user = false;
  std::string_view content;
};

/// Holds the amounts of a session, in the order in which they are told, against what its user turns say. An
/// amount of money is explained by an equal amount in `amounts`, by the sum of all of them, or by the sum of
/// those stated before it, in the turns before its own, or up to the end of its own turn.
Grounding ground(std::span<const SpokenLine> lines, std::span<const Money> amounts);

}  // namespace synthv1
