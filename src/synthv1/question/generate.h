// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/random.h"
#include "synthv1/ledger/ledger.h"
#include "synthv1/question/question.h"

#include <cstdint>
#include <span>
#include <vector>

namespace synthv1 {

/// An exact part of a whole: `parts` of each `of`, which is not 0. Both are below 2^31.
struct Share {
  std::uint32_t parts = 0;
  std::uint32_t of = 1;
  /// That share of `count`, rounded down.
  constexpr std::uint64_t floor_of(std::uint32_t count) const noexcept {
    return std::uint64_t{count} * parts / of;
  }
};

/// What questions a record shall have.
struct QuestionOptions {
  std::uint32_t num_questions = 100;
  /// How many questions, of those delivered of the types with `cap_zero`, may have the answer 0.00.
  Share zero_answers{.parts = 1, .of = 10};
  Language language = Language::english;
};

/// The questions of a record, in the order of their types, and how many were asked for.
struct GeneratedQuestions {
  std::vector<Question> questions;
  std::uint32_t asked = 0;

  /// How many the data could not supply; the record has a warning where it is not 0.
  std::uint32_t missing() const noexcept { return asked - static_cast<std::uint32_t>(questions.size()); }
};

/// Draws questions with their answers and evidence: `fixed` of each type that says so, an even share of each
/// other type (the first take the remainder), and what a type cannot supply from the others. No two ask the
/// same or have the same text, none has a tie, and answers of zero stay within their share. All are delivered
/// that the data can supply (beyond 4 million candidates of a type, as long as drawing finds them). A type
/// that has no template in the language, or one that leaves a filter unnamed, is not asked. `session_dates`
/// are distinct and ascending; `position` of the questions is left to the caller.
GeneratedQuestions generate_questions(const Ledger& ledger, const Catalogue& catalogue,
                                      std::span<const Date> session_dates, const QuestionOptions& options,
                                      RandomStream random);

}  // namespace synthv1
