// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/answer_counts.h"

#include "synthv1/report/text_units.h"

namespace synthv1 {

void AnswerCounts::add(std::string_view answer) {
  const std::uint64_t times = ++counts_[hash_text(answer)];
  if (times <= times_) return;
  times_ = times;
  if (commonest_ != answer) commonest_ = answer;
}

}  // namespace synthv1
