// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/commitment.h"
#include "synthv1/evaluate/hedges.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace synthv1 {

/// A number that an answer may commit to.
struct Claim {
  Span span;
  std::int64_t minor = 0;  ///< in 1/100
  bool exact = true;
  bool readable = true;
  bool foreign = false;
};

/// What `text` (folded, small letters) commits to by `claims`, which stand in it in that order: the one value
/// of all, or the total that the others are the working of. `amount` is set, `value` is not. Linear.
Commitment commit_to_one(std::string_view text, std::vector<Claim> claims);

}  // namespace synthv1
