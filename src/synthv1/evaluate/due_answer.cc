// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/due_answer.h"

#include "synthv1/base/text.h"

#include <algorithm>

namespace synthv1 {

namespace {

AnswerForm form_of(Select select, GroupBy by) {
  if (select == Select::count) return AnswerForm::count;
  if (select != Select::argmax) return AnswerForm::money;
  if (by == GroupBy::scene) return AnswerForm::scene;
  return by == GroupBy::month ? AnswerForm::month : AnswerForm::date;
}

}  // namespace

AnswerForm form_of(const QuestionSpec& spec) { return form_of(spec.select, spec.by); }

AnswerForm form_of(std::string_view answer) {
  const std::string_view text = trim(answer);
  if (!text.empty() && std::ranges::all_of(text, is_digit)) return AnswerForm::count;
  if (Money::parse(text)) return AnswerForm::money;
  if (Date::parse(text)) return AnswerForm::date;
  return Date::parse(std::string(text) + "-01") ? AnswerForm::month : AnswerForm::scene;
}

DueAnswer due_answer(const StoredQuestion& question, const Catalogue& catalogue) {
  DueAnswer due{.text = question.answer.value_or(""),
                .form = form_of(question.answer.value_or("")),
                .catalogue = &catalogue};
  const auto is_its_type = [&](const QuestionType& type) { return question.category == type.name; };
  const auto type = std::ranges::find_if(catalogue.question_types, is_its_type);
  if (question.spec) {
    due.form = form_of(*question.spec);
  } else if (type != catalogue.question_types.end()) {
    due.form = form_of(type->select, type->by);
  }
  return due;
}

}  // namespace synthv1
