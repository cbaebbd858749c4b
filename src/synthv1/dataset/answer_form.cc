// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/answer_form.h"

#include "synthv1/base/text.h"
#include "synthv1/ledger/money.h"

#include <algorithm>

namespace synthv1 {

namespace {

bool is_amount(std::string_view text) {
  const Result<Money> money = Money::parse(text);
  return money && format_money(*money) == text;
}

bool is_count(std::string_view text) {
  if (text.empty() || text.size() > 10 || (text.size() > 1 && text[0] == '0')) return false;
  return std::ranges::all_of(text, is_digit);
}

bool is_month(std::string_view text) { return text.size() == 7 && Date::parse(std::string(text) + "-01"); }

}  // namespace

std::string_view answer_form(const QuestionSpec& spec) {
  if (spec.select == Select::count) return "a whole number";
  if (spec.select != Select::argmax) return "an amount with exactly two decimals";
  if (spec.by == GroupBy::scene) return "a scene's identifier";
  return spec.by == GroupBy::month ? "a month, such as 2024-01" : "a date, such as 2024-01-15";
}

bool has_answer_form(const QuestionSpec& spec, std::string_view answer, const Catalogue& catalogue) {
  if (spec.select == Select::count) return is_count(answer);
  if (spec.select != Select::argmax) return is_amount(answer);
  if (spec.by == GroupBy::scene) return catalogue.find_scene(answer).has_value();
  return spec.by == GroupBy::month ? is_month(answer) : Date::parse(answer).has_value();
}

}  // namespace synthv1
