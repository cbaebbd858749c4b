// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_value.h"

#include <cstdint>
#include <optional>
#include <string>

namespace synthv1 {

/// What a line of a run's results says of a question, as far as statistics need it. What is missing or of
/// another type is nothing; other fields are passed over.
struct RunResult {
  std::optional<std::string> category;
  std::string status;  ///< "ok", "error", "empty", ...; empty where the line has none
  bool correct = false;
  bool tolerant = false;                   ///< as `correct` where the line does not say
  std::optional<std::int64_t> distance;    ///< sessions; nothing where the question rests on no transaction
  std::optional<std::int64_t> num_chunks;  ///< sessions of the record
};

/// What a run's summary says of who was asked; empty where it does not.
struct RunNames {
  std::string agent, model;
};

/// Whether `value` is a line of a run's results: an object with qid and correct.
bool is_result(const json::Value& value);
/// `value`: for which is_result() is true.
RunResult read_result(const json::Value& value);
RunNames read_run_names(const json::Value& summary);

}  // namespace synthv1
