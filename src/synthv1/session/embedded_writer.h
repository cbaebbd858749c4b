// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/plan/record_plan.h"
#include "synthv1/session/script.h"
#include "synthv1/session/session.h"
#include "synthv1/session/storyteller.h"

namespace synthv1 {

/// Writes the sessions of records without a model: facts first, then words out of the catalogue. What it
/// writes passes check_session; the same plan and seed give the same bytes, whatever was written before.
/// Sessions are written in order. Not thread-safe: each thread has its own.
class EmbeddedWriter {
 public:
  EmbeddedWriter(const Catalogue& catalogue, Language language, std::uint64_t seed);

  /// Begins another record.
  void begin_record(const RecordPlan& plan);

  /// The next session of the record. About 15 µs for 35 turns.
  Session write(const SessionPlan& plan);

 private:
  const Catalogue& catalogue_;
  std::uint64_t seed_;
  std::uint32_t num_sessions_ = 0;
  RandomStream stream_;
  Storyteller teller_;
  Script script_;
};

}  // namespace synthv1
