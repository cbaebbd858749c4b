// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_parse.h"

#include <string>

namespace synthv1 {

/// "a.jsonl: line 3", or "a.json: record 3" where a record is no line.
inline std::string place_of(const std::string& path, const json::Record& record) {
  if (record.line > 0) return path + ": line " + std::to_string(record.line);
  return path + ": record " + std::to_string(record.index);
}

}  // namespace synthv1
