// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/random.h"
#include "synthv1/catalogue/catalogue.h"
#include "synthv1/ledger/date.h"

#include <cstdint>
#include <string>
#include <vector>

namespace synthv1 {

/// What every record of a run shall contain.
struct PlanOptions {
  Language language = Language::english;
  std::uint32_t num_sessions = 50;
  std::uint32_t min_turns = 20, max_turns = 50;
  std::uint32_t min_scenes = 1, max_scenes = 10;  ///< (scene, subscene) pairs in a session
  DateRange dates;                                ///< sessions are dated within
};

/// What one session shall contain.
struct SessionPlan {
  std::uint32_t record = 0;  ///< index in the run, from 0
  std::uint32_t index = 0;   ///< index in the record, from 0
  Language language = Language::english;
  Date date;
  std::uint32_t min_turns = 0, max_turns = 0;
  std::vector<PairId> pairs;  ///< distinct; each is to have a transaction

  /// The first session greets and says what the user wants.
  bool first() const { return index == 0; }
};

/// What one record shall contain: its sessions, in order of their distinct dates.
struct RecordPlan {
  std::uint32_t index = 0;
  std::string id;  ///< eight hex digits, distinct within a run
  std::vector<SessionPlan> sessions;
};

/// The stream that everything drawn for record `index` comes from.
RandomStream record_stream(std::uint64_t seed, std::uint32_t index);

/// The plan of record `index`: a function of the options, the seed and the index alone. The pairs of a
/// session are capped at the user turns that `max_turns` leaves. `options.dates` holds at least
/// `num_sessions` days.
RecordPlan make_record_plan(const PlanOptions& options, const Catalogue& catalogue, std::uint64_t seed,
                            std::uint32_t index);

}  // namespace synthv1
