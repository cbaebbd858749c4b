// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/answer_text.h"
#include "synthv1/evaluate/due_answer.h"
#include "synthv1/evaluate/phrases.h"
#include "synthv1/evaluate/score.h"
#include "synthv1/ledger/money.h"

#include <cstddef>
#include <optional>
#include <string>

namespace synthv1 {

/// What a text commits to.
struct Commitment {
  ScoreReason reason = ScoreReason::nothing_found;  ///< `equal`: to `value` alone
  std::string value;                                ///< as it would be stored; empty where there is none
  std::optional<Money> amount;                      ///< of money, also where it is rough or too precise
  bool exact = true;                                ///< `amount` is all of it
  Span span;                                        ///< where it stands in the text
  bool declined = false;                            ///< nothing was found, and the model declines to answer

  bool committed() const { return reason == ScoreReason::equal; }
};

/// What an answer to a question for an amount commits to (docs/formats/score.md, rules 4 to 8).
Commitment commit_money(const AnswerText& answer, const ScoreOptions& options);
/// The same for a whole number of transactions.
Commitment commit_count(const AnswerText& answer);
/// The same for a scene or a set of them; `value` names them in the catalogue's order.
Commitment commit_scene(const AnswerText& answer, const Catalogue& catalogue);
/// The same for a day or a month; a year that is not said is that of `due`.
Commitment commit_date(const AnswerText& answer, std::string_view due);
Commitment commit_month(const AnswerText& answer, std::string_view due);

}  // namespace synthv1
