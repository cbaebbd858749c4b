// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/ledger/ledger.h"
#include "synthv1/question/question.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace synthv1 {

/// The one right answer to a question: an amount (sum, average, max, min), a count, or what argmax found.
using Answer = std::variant<Money, std::uint32_t, SceneId, Date, std::chrono::year_month>;

/// What `spec` asks, computed over the ledger. Nothing where there is no one right answer: groups that tie
/// for argmax, or no transaction of which to take the average, the largest, the smallest or the group.
/// Averages are rounded half up to the minor unit. A transaction is selected when all filters hold. The
/// scenes and subscenes of `spec` are the catalogue's, ascending and distinct. The cost does not grow with
/// the transactions (with the dates it does, where argmax by date has several scenes or subscenes).
std::optional<Answer> answer(const Ledger& ledger, const QuestionSpec& spec);

/// Whether the answer is 0.00 or a count of 0.
bool is_zero(const Answer& answer);

/// As stored: "123.45", "7", "Dining", "2024-01-15", "2024-01"; the same in every language.
std::string format_answer(const Answer& answer, const Catalogue& catalogue);

/// The indexes, ascending, of all transactions that the filters of `spec` select.
std::vector<std::uint32_t> evidence(const Ledger& ledger, const QuestionSpec& spec);

}  // namespace synthv1
