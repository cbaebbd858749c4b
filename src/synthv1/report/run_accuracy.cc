// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/run_accuracy.h"

#include <algorithm>

namespace synthv1 {

namespace {

constexpr std::string_view kUnnamed = "(no category)";

}  // namespace

void RunAccuracy::add(const RunResult& row) {
  strict.add(row.correct);
  tolerant.add(row.tolerant);
  if (!row.status.empty()) ++statuses[row.status];
  const std::string category = row.category.value_or(std::string(kUnnamed));
  auto found = std::ranges::find(by_category, category, &std::pair<std::string, Proportion>::first);
  if (found == by_category.end()) found = by_category.insert(found, {category, {}});
  found->second.add(row.correct);
  (row.distance ? by_distance[*row.distance] : without_distance).add(row.correct);
  if (row.num_chunks) by_sessions[*row.num_chunks].add(row.correct);
}

}  // namespace synthv1
