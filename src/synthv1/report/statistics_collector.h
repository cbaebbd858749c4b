// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_value.h"
#include "synthv1/dataset/known_catalogues.h"
#include "synthv1/report/count_questions.h"
#include "synthv1/report/count_sessions.h"
#include "synthv1/report/count_transactions.h"
#include "synthv1/report/trivial_answers.h"

namespace synthv1 {

/// Gathers the statistics of datasets, record by record; a record is not kept. What a record lacks (evidence,
/// say, in data of others) is counted in Statistics::left_out, never guessed.
class StatisticsCollector {
 public:
  /// `catalogue`: of records that name none; it must outlive this.
  explicit StatisticsCollector(const Catalogue& catalogue) : catalogues_(catalogue) {}

  /// `value`: for which is_record() is true.
  void add(const json::Value& value);
  void add_file(std::uint64_t bytes);
  std::uint64_t records() const { return statistics_.records; }
  /// Nothing can be added after it.
  Statistics finish();

 private:
  KnownCatalogues catalogues_;
  Statistics statistics_;
  SessionCounter sessions_;
  TransactionCounter transactions_;
  QuestionCounter questions_;
  TrivialAnswerers trivial_;
};

}  // namespace synthv1
