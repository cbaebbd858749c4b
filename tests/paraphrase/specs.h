// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/question/question.h"
#include "synthv1/question/template.h"

#include <initializer_list>
#include <string_view>

namespace synthv1::test {

/// The default catalogue's question type of that name.
inline const QuestionType& type_named(std::string_view name) {
  for (const QuestionType& type : default_catalogue().question_types) {
    if (type.name == name) return type;
  }
  throw BrokenInvariant("no such question type");
}

/// A question of the default catalogue, worded by its template.
inline Question make_question(const QuestionType& type, QuestionSpec spec, Language language) {
  spec.select = type.select;
  spec.by = type.by;
  spec.of = type.of;
  Question question{.category = type.name, .spec = std::move(spec)};
  question.query = template_text(question.spec, type, default_catalogue(), language);
  return question;
}

inline Date day(std::string_view text) { return Date::parse(text).value(); }

/// The filters as a test writes them: dates "2024-01-05 2024-03-03", "2024-01-15" or "", scenes by
/// identifier.
inline QuestionSpec filters(std::string_view dates, std::initializer_list<std::string_view> scenes) {
  QuestionSpec spec;
  if (dates.size() == 21) spec.range = DateRange{day(dates.substr(0, 10)), day(dates.substr(11))};
  if (dates.size() == 10) spec.date = day(dates);
  for (const std::string_view scene : scenes)
    spec.scenes.push_back(default_catalogue().find_scene(scene).value());
  return spec;
}

}  // namespace synthv1::test
