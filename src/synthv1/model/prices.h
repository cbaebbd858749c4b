// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/token_estimate.h"

namespace synthv1 {

/// What an endpoint asks for a million tokens, in the user's currency.
struct Prices {
  double in = 0;   ///< of prompts
  double out = 0;  ///< of replies
};

/// What these tokens cost, in the currency of the prices: right to 15 digits, so to far below a cent.
constexpr double cost_of(const TokenCount& tokens, const Prices& prices) {
  return (static_cast<double>(tokens.prompt) * prices.in +
          static_cast<double>(tokens.completion) * prices.out) /
         1e6;
}

}  // namespace synthv1
