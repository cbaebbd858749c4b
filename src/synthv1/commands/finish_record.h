// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/generate.h"
#include "synthv1/commands/ordered_output.h"

namespace synthv1 {

/// What the run's records have in common.
Provenance provenance_of(const GenerateOptions& options);

/// Computes the record's questions, as templates. Where the data cannot supply as many as asked for, the
/// record says so.
void ask_questions(Record& record, const GenerateOptions& options, const Catalogue& catalogue,
                   std::uint32_t index);

/// The record as it goes to the file.
FinishedRecord finish_record(const Record& record, const GenerateOptions& options, const Catalogue& catalogue,
                             std::uint32_t index);

}  // namespace synthv1
