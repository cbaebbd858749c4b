// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"
#include "synthv1/base/json_repair.h"

#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

struct RepairOptions {
  bool strict = false;  ///< refuse repairs that are lossy
};

struct RepairSummary {
  std::string json;  ///< what the driver makes of the input: the input itself where that is JSON
  std::vector<json::Repair> repairs;
  bool lossy = false;
};

/// `synthv1 repair [FILE]`: reads malformed JSON as the driver reads a model's reply. ErrorKind::faulty when
/// nothing usable is in it, or when `strict` refuses a lossy repair, which the message names with its place.
Result<RepairSummary> repair_text(std::string_view input, const RepairOptions& options = {});

/// "line 3, column 14: trailing_comma (a comma before a closing bracket is dropped)": one repair, as it is
/// reported.
std::string describe(const json::Repair& repair, std::string_view input);

}  // namespace synthv1
