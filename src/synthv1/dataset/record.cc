// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/record.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace synthv1 {

Money Record::total() const {
  Money sum;
  for (const Transaction& transaction : transactions) sum += transaction.amount;
  return sum;
}

void Record::add(Date date, Session session) {
  for (const std::string& fault : session.imperfections) {
    imperfections.push_back(fmt::format("session {}: {}", chunks.size(), fault));
  }
  dates.push_back(date);
  chunks.push_back(make_chunk(date, session.turns));
  num_turns += static_cast<std::uint32_t>(session.turns.size());
  std::ranges::move(session.transactions, std::back_inserter(transactions));
}

}  // namespace synthv1
