// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/answer_text.h"
#include "synthv1/evaluate/phrases.h"

#include <vector>

namespace synthv1 {

/// A date in an answer, as much of it as is said: 0 is what is not. A month without day, a day without year,
/// a year alone.
struct DateInAnswer {
  Span span;
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  bool ambiguous = false;  ///< 01/02/2024: day and month could also change places
  bool range = false;      ///< goes on to another day: "March 1 to 5"
};

/// All dates of a folded answer, in order, in English and Chinese: 2024-03-05, 2024/3/5, 05/03/2024, 3/5,
/// March 5(th), 2024, 5(th) of March, 2024年3月5日, 三月五日, March 2024, 2024-03, 2024年. Days that the
/// calendar lacks are passed over. Linear.
std::vector<DateInAnswer> dates_in_answer(const AnswerText& answer);

}  // namespace synthv1
