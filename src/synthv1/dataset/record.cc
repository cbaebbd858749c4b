// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/record.h"

#include <fmt/format.h>

namespace synthv1 {

Money Record::total() const {
  Money sum;
  for (const Transaction& transaction : transactions) sum += transaction.amount;
  return sum;
}

Record make_record(const RecordPlan& plan, std::vector<Session> sessions) {
  Record record{.id = plan.id};
  record.chunks.reserve(sessions.size());
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    Session& session = sessions[i];
    record.dates.push_back(plan.sessions[i].date);
    record.chunks.push_back(make_chunk(plan.sessions[i].date, session.turns));
    record.num_turns += static_cast<std::uint32_t>(session.turns.size());
    for (Transaction& transaction : session.transactions)
      record.transactions.push_back(std::move(transaction));
    for (const std::string& fault : session.imperfections) {
      record.imperfections.push_back(fmt::format("session {}: {}", i, fault));
    }
  }
  return record;
}

}  // namespace synthv1
