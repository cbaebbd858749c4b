// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/dataset/stored_record.h"
#include "synthv1/report/statistics.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>

namespace synthv1 {

/// Asks answerers that understand nothing: always 0.00, the most frequent scene so far, the last amount told
/// before the question, the sum of the amounts of the last session before it.
class TrivialAnswerers {
 public:
  void add(const StoredRecord& record);
  /// Those, the most frequent answer of each category in the same data (which `categories` know; one that
  /// came once alone counts for nothing: to know it is to know the answer), and the best of all for each
  /// category.
  std::vector<TrivialScore> finish(const std::vector<CategoryStatistics>& categories);

 private:
  static constexpr std::size_t kAnswerers = 4;
  using Answers = std::array<std::string, kAnswerers>;

  static Answers answers_at(const StoredRecord& record, std::uint32_t position);

  std::map<std::string, std::array<std::uint64_t, kAnswerers>> correct_;  ///< by category
};

}  // namespace synthv1
