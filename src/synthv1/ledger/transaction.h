// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/catalogue.h"
#include "synthv1/ledger/date.h"
#include "synthv1/ledger/money.h"

#include <cstdint>
#include <string>

namespace synthv1 {

/// One expense, as the user stated it.
struct Transaction {
  Date date;
  PairId pair{};
  Money amount;
  std::string description;
  std::uint32_t session_index = 0;  ///< the chunk, from 0
  std::uint32_t turn = 0;  ///< the line of that chunk, from 0, where the user first states the amount
};

}  // namespace synthv1
