// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_value.h"
#include "synthv1/dataset/fault.h"
#include "synthv1/dataset/known_catalogues.h"
#include "synthv1/dataset/stored_record.h"

#include <string_view>

namespace synthv1 {

/// Whether `value` is an object with task_id, questions, chunks and metadata: what any reader takes for a
/// record.
bool is_record(const json::Value& value);

/// Reads a record, checking that each field is there and is of its type and form: what is read fits together
/// only as far as Validator says. Fields that are not ours are passed over.
StoredRecord read_record(const json::Value& value, KnownCatalogues& catalogues, FaultSink& faults);

/// The eight hex digits that a task_id of our form ends in; nothing for any other text.
std::optional<std::string_view> id_of(std::string_view task_id);

}  // namespace synthv1
