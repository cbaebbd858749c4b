// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/plan/record_plan.h"
#include "synthv1/question/question.h"
#include "synthv1/session/session.h"

#include <cstdint>
#include <string>
#include <vector>

namespace synthv1 {

/// Where a record comes from: what its metadata says beside the counts.
struct Provenance {
  Language language = Language::english;
  std::uint64_t seed = 0;
  std::string model;
  std::string version;
};

/// One record of a dataset, ready to be written (docs/formats/dataset.md).
struct Record {
  std::string id;  ///< eight hex digits
  std::vector<Question> questions;
  std::vector<std::string> chunks;        ///< one a session
  std::vector<Transaction> transactions;  ///< in the order told; session_index ascending
  std::uint32_t num_turns = 0;
  std::vector<Date> dates;                 ///< of the sessions, ascending
  std::vector<std::string> imperfections;  ///< what was left imperfect: "session 3: turn_count: ..."

  /// Adds the session behind those that it holds: a chunk, and what was bought.
  void add(Date date, Session session);
  Money total() const;
};

}  // namespace synthv1
