// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/random.h"
#include "synthv1/catalogue/catalogue.h"
#include "synthv1/ledger/money.h"

#include <string>

namespace synthv1 {

/// Something that the user of the embedded writer spent money on: the facts, before anybody voices them.
struct Purchase {
  PairId pair{};
  Money amount;
  std::string item, thing;         ///< "a flat white", "flat white"
  std::string merchant, occasion;  ///< may be empty
  std::string with, who;           ///< "with Maya", "Maya"; empty: alone
  Tags tags = 0;                   ///< with or alone, and the bits of the slots that can be filled
};

/// A price in [low, high] (minor units), a multiple of one of the subscene's steps where the range holds one;
/// low prices are likelier.
Money draw_price(const Pair& pair, std::int64_t low, std::int64_t high, RandomStream& random);

/// One of the mixed forms in which people write an amount: 45, 45.5, 45.50, 1,280, with or without a currency
/// word or sign of the language. Never words.
std::string amount_text(Money amount, Language language, RandomStream& random);

}  // namespace synthv1
