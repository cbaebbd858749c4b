// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/plain_answer.h"

#include "synthv1/base/text.h"
#include "synthv1/ledger/money.h"

namespace synthv1 {

std::string plain_answer(std::string_view answer) {
  answer = trim(answer);
  if (answer.find('.') == answer.npos) return std::string(answer);
  const Result<Money> amount = Money::parse(answer);
  return amount ? format_money(*amount) : std::string(answer);
}

}  // namespace synthv1
