// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/dataset/answer_database.h"
#include "synthv1/dataset/fault.h"
#include "synthv1/dataset/stored_record.h"
#include "synthv1/dataset/wording_checks.h"

namespace synthv1 {

/// What a record's questions are held against.
struct QuestionGround {
  AnswerDatabase* answers = nullptr;  ///< holds the transactions; nullptr where they could not be read whole
  WordingChecks& wordings;            ///< of the record's catalogue
  bool wordings_known = true;         ///< the catalogue's question types are the record's
};

/// Checks the questions: identifiers, spec against category, template and wording against spec, answer and
/// evidence against what SQL computes, and that none is asked twice.
void validate_questions(const StoredRecord& record, const QuestionGround& ground, FaultSink& faults);

}  // namespace synthv1
