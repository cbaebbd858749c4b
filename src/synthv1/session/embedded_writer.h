// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/plan/record_plan.h"
#include "synthv1/session/session.h"
#include "synthv1/session/storyteller.h"

namespace synthv1 {

/// Writes the sessions of one record without a model: facts first, then words out of the catalogue. What it
/// writes passes check_session; the same plan and seed give the same bytes. Sessions are written in order.
/// Not thread-safe; records are independent of each other.
class EmbeddedWriter {
 public:
  EmbeddedWriter(const Catalogue& catalogue, const RecordPlan& plan, std::uint64_t seed);

  /// The next session of the record. About 15 µs for 35 turns.
  Session write(const SessionPlan& plan);

 private:
  const Catalogue& catalogue_;
  std::uint32_t num_sessions_;
  RandomStream stream_;
  Storyteller teller_;
};

}  // namespace synthv1
