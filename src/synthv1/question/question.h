// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/catalogue.h"
#include "synthv1/ledger/date.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace synthv1 {

/// What a question asks: what is computed over the transactions that the filters select. Two equal specs ask
/// the same.
struct QuestionSpec {
  Select select = Select::sum;
  GroupBy by = GroupBy::none;      ///< what argmax groups by
  Measure of = Measure::sum;       ///< what argmax compares
  std::optional<DateRange> range;  ///< both ends included
  std::optional<Date> date;
  std::vector<SceneId> scenes;    ///< ascending; empty: all
  std::vector<PairId> subscenes;  ///< ascending; empty: all

  friend auto operator<=>(const QuestionSpec&, const QuestionSpec&) = default;
};

/// A question of a record, with its computed answer.
struct Question {
  std::string category;        ///< the question type's name
  std::string query;           ///< the wording asked
  std::string template_query;  ///< the template, where `query` is another wording; else empty
  std::string answer;          ///< "123.45", "Dining", "2024-01-15", "7" or "2024-01"
  std::uint32_t position = 0;  ///< the chunk after which it is asked; chunks 0..position count
  QuestionSpec spec;
  std::vector<std::uint32_t> evidence;  ///< indexes of all transactions that the filters select, ascending
};

}  // namespace synthv1
