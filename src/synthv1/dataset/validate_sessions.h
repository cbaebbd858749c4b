// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/dataset/fault.h"
#include "synthv1/dataset/stored_record.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace synthv1 {

/// What the chunks of a record hold.
struct SessionFacts {
  std::vector<std::optional<Date>> dates;  ///< by chunk; nothing where no line has one
  std::uint64_t turns = 0;
};

/// Checks the chunks and, against them, the transactions: every line's form, date and role, the order of
/// sessions and transactions, every amount in the line that `turn` names and no amount of money that nothing
/// explains.
SessionFacts validate_sessions(const StoredRecord& record, FaultSink& faults);

/// The sum of all amounts; nothing where one could not be read or the sum is larger than an amount may be.
std::optional<Money> total_of(const std::vector<StoredTransaction>& transactions);

}  // namespace synthv1
