// SPDX-License-Identifier: Apache-2.0
#include "synthv1/question/template.h"

namespace synthv1 {

namespace {

/// The template that words a question of `type` with or without a range.
const std::string& template_of(const QuestionType& type, Language language, bool ranged) {
  const QuestionWording& wording = type.wording[static_cast<std::size_t>(language)];
  return ranged && type.range == FilterUse::later ? wording.ranged : wording.question;
}

const std::string* place_named(std::string_view name, const QuestionPlaces& places) {
  if (name == "range") return &places.range;
  if (name == "start") return &places.start;
  if (name == "end") return &places.end;
  if (name == "date") return &places.date;
  if (name == "scenes") return &places.scenes;
  if (name == "subscenes") return &places.subscenes;
  return nullptr;
}

std::string range_text(std::string_view start, std::string_view end, Language language) {
  const bool chinese = language == Language::chinese;
  std::string text;
  text.reserve(32);
  return text.append(chinese ? "从" : "from ").append(start).append(chinese ? "到" : " to ").append(end);
}

}  // namespace

std::string list_names(std::span<const std::string_view> names, Language language) {
  const bool chinese = language == Language::chinese;
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0 && i + 1 == names.size()) list += chinese ? "和" : " and ";
    if (i > 0 && i + 1 < names.size()) list += chinese ? "、" : ", ";
    list += names[i];
  }
  return list;
}

QuestionPlaces template_places(const QuestionSpec& spec, const Catalogue& catalogue, Language language) {
  QuestionPlaces places;
  if (spec.range) {
    places.start = format_date(spec.range->first);
    places.end = format_date(spec.range->last);
    places.range = range_text(places.start, places.end, language);
  }
  if (spec.date) places.date = format_date(*spec.date);
  std::vector<std::string_view> names;
  for (const SceneId scene : spec.scenes) names.push_back(catalogue.scene_name(scene, language));
  places.scenes = list_names(names, language);
  names.clear();
  for (const PairId pair : spec.subscenes) names.push_back(catalogue.pair_name(pair, language));
  places.subscenes = list_names(names, language);
  return places;
}

std::string fill_places(std::string_view wording, const QuestionPlaces& places) {
  std::string text;
  text.reserve(wording.size() + places.scenes.size() + places.subscenes.size() + 24);
  while (!wording.empty()) {
    const std::size_t open = std::min(wording.find('{'), wording.size());
    text.append(wording.substr(0, open));
    wording.remove_prefix(open);
    if (wording.empty()) break;
    const std::size_t close = wording.find('}');
    const std::string* place =
        close == std::string_view::npos ? nullptr : place_named(wording.substr(1, close - 1), places);
    text.append(place != nullptr ? std::string_view(*place) : wording.substr(0, 1));
    wording.remove_prefix(place != nullptr ? close + 1 : 1);
  }
  return text;
}

bool has_template(const QuestionType& type, Language language, bool ranged) {
  const std::string_view text = template_of(type, language, ranged);
  const auto names = [&](std::string_view place) { return text.find(place) != std::string_view::npos; };
  if (text.empty()) return false;
  if (ranged && !names("{range}") && !(names("{start}") && names("{end}"))) return false;
  if (type.date && !names("{date}")) return false;
  if (type.max_scenes > 0 && !names("{scenes}")) return false;
  return type.max_subscenes == 0 || names("{subscenes}");
}

std::string template_text(const QuestionSpec& spec, const QuestionType& type, const Catalogue& catalogue,
                          Language language) {
  return fill_places(template_of(type, language, spec.range.has_value()),
                     template_places(spec, catalogue, language));
}

}  // namespace synthv1
