// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/report/run_accuracy.h"
#include "synthv1/report/statistics.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace synthv1 {

/// What a report shows.
struct ReportContents {
  std::vector<std::string> data_files;   ///< as the user wrote them
  std::optional<Statistics> statistics;  ///< of them all together
  std::vector<RunAccuracy> runs;
};

/// The contents as one JSON object (web/src/data.ts says what of): sums and shares, no text of a session. Its
/// size grows with dates, scenes and categories, not with records.
std::string page_data(const ReportContents& contents);

}  // namespace synthv1
