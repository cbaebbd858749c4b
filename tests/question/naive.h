// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/ledger/transaction.h"
#include "synthv1/question/answer.h"

#include <optional>
#include <span>
#include <vector>

/// What a question means, written a second time in the most obvious way: no index, no shortcut.
namespace synthv1::naive {

/// The indexes of the transactions that all filters select.
std::vector<std::uint32_t> select(std::span<const Transaction> ledger, const Catalogue& catalogue,
                                  const QuestionSpec& spec);

/// The one right answer, or nothing.
std::optional<Answer> answer(std::span<const Transaction> ledger, const Catalogue& catalogue,
                             const QuestionSpec& spec);

}  // namespace synthv1::naive

namespace synthv1 {

/// A catalogue of the given scenes, one number each: how many subscenes it has. It has the default question
/// types.
Catalogue small_catalogue(const std::vector<int>& subscenes);

/// A transaction as tests write it.
Transaction spend(std::string_view date, int pair, std::int64_t minor, std::uint32_t session = 0);

/// The date written so.
Date day(std::string_view text);

}  // namespace synthv1
