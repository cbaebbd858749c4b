// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/dataset/stored_record.h"
#include "synthv1/report/answer_counts.h"
#include "synthv1/report/statistics.h"

#include <string>
#include <vector>

namespace synthv1 {

/// Gathers QuestionStatistics, record by record.
class QuestionCounter {
 public:
  void add(const StoredRecord& record, LeftOut& left_out);
  QuestionStatistics finish();

 private:
  struct Category {
    CategoryStatistics counts;
    AnswerCounts answers;
  };

  void add_answer(const StoredQuestion& question, LeftOut& left_out);
  void add_evidence(const StoredQuestion& question, const StoredRecord& record, LeftOut& left_out);
  Category& category(const std::string& name);

  QuestionStatistics counts_;
  AnswerCounts answers_;
  std::vector<Category> categories_;
  Distribution nearest_, farthest_, sessions_;
  TextVariety text_;
};

}  // namespace synthv1
