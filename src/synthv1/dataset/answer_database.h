// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/dataset/stored_record.h"
#include "synthv1/question/question.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace synthv1 {

/// What SQL computes for a spec.
struct SqlAnswer {
  enum class Outcome : std::uint8_t {
    one,      ///< there is one right answer
    tie,      ///< several groups lead
    nothing,  ///< no transaction of which to take the average, the largest, the smallest or the group
  };
  Outcome outcome = Outcome::nothing;
  std::string text;    ///< as `answer` must have it; of a tie the first
  std::string second;  ///< of a tie
  std::vector<std::uint32_t>
      evidence;  ///< the indexes of the transactions that the filters select, ascending
};

/// A ledger in SQLite, in memory, which answers questions by SQL made from their specs: the second way,
/// beside question/answer.h. Statements are prepared once for each shape of spec. Not thread-safe.
class AnswerDatabase {
 public:
  AnswerDatabase();
  AnswerDatabase(AnswerDatabase&&) noexcept;
  AnswerDatabase& operator=(AnswerDatabase&&) noexcept;
  ~AnswerDatabase();

  /// Takes the transactions in place of those before. All have a date, a pair, an amount and a session_index;
  /// their amounts add up to less than 10^17 minor units.
  void load(std::span<const StoredTransaction> transactions, const Catalogue& catalogue);

  /// The answer to `spec` over the transactions of sessions 0..position.
  SqlAnswer answer(const QuestionSpec& spec, std::uint32_t position);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace synthv1
