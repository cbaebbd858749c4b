// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/report/proportion.h"
#include "synthv1/report/read_results.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace synthv1 {

/// How a run went; all are over all questions asked, answered or not.
struct RunAccuracy {
  std::string file;  ///< as the user wrote it
  RunNames names;
  Proportion strict, tolerant;
  std::map<std::string, std::uint64_t> statuses;                ///< questions by status
  std::vector<std::pair<std::string, Proportion>> by_category;  ///< in the order in which they first came
  std::map<std::int64_t, Proportion> by_distance;               ///< by sessions; only where there is one
  Proportion without_distance;                                  ///< the answer rests on no transaction
  std::map<std::int64_t, Proportion> by_sessions;               ///< by the sessions of the record

  void add(const RunResult& row);
};

}  // namespace synthv1
