// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/question/question.h"

#include <span>
#include <string>
#include <string_view>

namespace synthv1 {

/// What is put into the places of a wording, in one language; empty where the question has no such filter.
struct QuestionPlaces {
  std::string range;      ///< "from 2024-01-01 to 2024-01-31", "从2024-01-01到2024-01-31"
  std::string start;      ///< "2024-01-01"
  std::string end;        ///< "2024-01-31"
  std::string date;       ///< "2024-01-15"
  std::string scenes;     ///< "Dining, Shopping and Medical", "餐饮、购物和医疗"
  std::string subscenes;  ///< the same of subscenes
};

/// What the places of a template hold for `spec`: dates in ISO form, scenes by identifier, in Chinese by
/// Chinese name.
QuestionPlaces template_places(const QuestionSpec& spec, const Catalogue& catalogue, Language language);

/// `wording` with its places filled: {range}, {start}, {end}, {date}, {scenes}, {subscenes}. Other braces
/// stay.
std::string fill_places(std::string_view wording, const QuestionPlaces& places);

/// "Dining", "Dining and Shopping", "Dining, Shopping and Medical"; in Chinese 餐饮、购物和医疗.
std::string list_names(std::span<const std::string_view> names, Language language);

/// Whether `type` can be asked in a language, with or without a range: it has a template that names all the
/// filters.
bool has_template(const QuestionType& type, Language language, bool ranged);

/// The question that `spec`, of type `type`, asks, as its template words it in a language.
std::string template_text(const QuestionSpec& spec, const QuestionType& type, const Catalogue& catalogue,
                          Language language);

}  // namespace synthv1
