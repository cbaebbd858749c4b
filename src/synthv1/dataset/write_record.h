// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/catalogue.h"
#include "synthv1/dataset/record.h"

#include <string>

namespace synthv1 {

/// How a record is laid out as JSON: on one line, or with a line for each question, chunk and transaction.
enum class RecordStyle : std::uint8_t { one_line, lines };

/// Appends the record as a JSON object, without a line break behind it (docs/formats/dataset.md).
void append_record(std::string& out, const Record& record, const Provenance& provenance,
                   const Catalogue& catalogue, RecordStyle style);

}  // namespace synthv1
