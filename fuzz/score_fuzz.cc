// SPDX-License-Identifier: Apache-2.0
// Any reply is scored without harm, the same each time; what passes for one amount passes for no other; what
// is right is also tolerably right; a reply that was cut or failed passes for nothing.
#include "synthv1/base/text.h"
#include "synthv1/evaluate/score.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace synthv1;

namespace {

Score score(std::string_view reply, const std::string& due, AnswerForm form, bool european = false) {
  return score_answer(reply, AnswerStatus::ok, {.text = due, .form = form}, {.european = european});
}

void check_score(const Score& score) {
  check(score.tolerant || !score.correct, "what is right is tolerably right");
  check(score.correct == (score.reason == ScoreReason::equal), "the reason is the verdict's");
  check(score.status == AnswerStatus::ok || score.reason == ScoreReason::not_answered,
        "only an answer passes");
  check(valid_utf8(score.extracted) && valid_utf8(score.value), "what is shown can be written");
  check(score.extracted.size() <= 500, "what is shown is short");
}

/// What was read passes where it is due, and where something else is due it does not.
void check_form(std::string_view reply, AnswerForm form, const std::string& other) {
  const Score first = score(reply, other, form);
  check_score(first);
  check(first == score(reply, other, form), "a score is a function of the reply");
  if (first.correct || first.value.empty() || first.reason != ScoreReason::different) return;
  if (form == AnswerForm::money && !Money::parse(first.value)) return;
  const Score second = score(reply, first.value, form);
  check_score(second);
  check(second.value == first.value || form == AnswerForm::date || form == AnswerForm::month,
        "what is read does not depend on what is due");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view reply(reinterpret_cast<const char*>(data), size);
  check_form(reply, AnswerForm::money, "-987654.32");
  check_form(reply, AnswerForm::count, "987654");
  check_form(reply, AnswerForm::scene, "Medical");
  check_form(reply, AnswerForm::date, "1987-06-05");
  check_form(reply, AnswerForm::month, "1987-06");
  check_score(score(reply, "12.50", AnswerForm::money, true));
  const Score cut = score_answer(reply, AnswerStatus::truncated, {.text = "12.50"});
  check(!cut.correct && !cut.tolerant, "what was cut passes for nothing");
  return 0;
}
