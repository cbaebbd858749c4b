// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/dataset/field_reader.h"
#include "synthv1/question/question.h"

#include <optional>

namespace synthv1 {

/// Reads a question's `spec`: {"select", "by" and "of" of argmax, "range", "date", "scenes", "subscenes"},
/// the filters only where they are set. A part that is not known is a fault: it could change what is asked.
std::optional<QuestionSpec> read_spec(const json::Value* value, const Place& place,
                                      const Catalogue& catalogue, FaultSink& faults);

}  // namespace synthv1
