// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/read_spec.h"

#include "synthv1/base/text.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace synthv1 {

namespace {

constexpr std::array<std::string_view, 7> kParts = {"select", "by",     "of",       "range",
                                                    "date",   "scenes", "subscenes"};
constexpr std::array<std::string_view, 2> kEnds = {"start", "end"};

/// Reads one spec; what stays nothing was told.
class SpecReader {
 public:
  SpecReader(const ObjectReader& spec, const Catalogue& catalogue) : spec_(spec), catalogue_(catalogue) {}

  std::optional<QuestionSpec> read() {
    if (!spec_.is_object()) return std::nullopt;
    spec_.holds_only(kParts);
    read_select();
    if (spec_.find("range") != nullptr) read_range();
    if (spec_.find("date") != nullptr) keep(result_.date, spec_.date("date"));
    if (spec_.find("scenes") != nullptr)
      read_list("scenes", result_.scenes, [this](const auto& e) { return scene(e); });
    if (spec_.find("subscenes") != nullptr) {
      read_list("subscenes", result_.subscenes, [this](const auto& e) { return pair(e); });
    }
    return good_ ? std::optional(std::move(result_)) : std::nullopt;
  }

 private:
  template <class Kept, class Read>
  void keep(Kept& kept, Read&& read) {
    if (read) {
      kept = *std::forward<Read>(read);
    } else {
      good_ = false;
    }
  }

  void refuse(std::string_view key, FaultKind kind, std::string reason) {
    spec_.fault(key, kind, std::move(reason));
    good_ = false;
  }

  template <class Choice, std::size_t N>
  void choose(Choice& choice, std::string_view key, const std::array<std::string_view, N>& names,
              std::size_t first) {
    const std::optional<std::string> text = spec_.text(key);
    if (!text) return void(good_ = false);
    const auto found = std::find(names.begin() + first, names.end(), *text);
    if (found != names.end()) return void(choice = static_cast<Choice>(found - names.begin()));
    refuse(key, FaultKind::unknown,
           fmt::format("it is one of {}, not '{}'", fmt::join(names.begin() + first, names.end(), ", "),
                       one_line(*text, 40)));
  }

  void read_select() {
    choose(result_.select, "select", kSelectNames, 0);
    if (result_.select == Select::argmax) {
      choose(result_.by, "by", kGroupByNames, 1);
      choose(result_.of, "of", kMeasureNames, 0);
      return;
    }
    for (const std::string_view key : {"by", "of"}) {
      if (spec_.find(key) != nullptr) refuse(key, FaultKind::unknown, "only argmax has it");
    }
  }

  void read_range() {
    const Place place = spec_.place().member("range");
    const ObjectReader range(spec_.find("range"), place, spec_.faults());
    range.holds_only(kEnds);
    const std::optional<Date> first = range.date("start"), last = range.date("end");
    if (!first || !last) return void(good_ = false);
    result_.range = DateRange{*first, *last};
    if (*first < *last) return;
    refuse("range", FaultKind::form,
           fmt::format("{} does not come before {}", format_date(*first), format_date(*last)));
  }

  template <class Id, class Read>
  void read_list(std::string_view key, std::vector<Id>& ids, const Read& read) {
    const json::Value::Array* elements = spec_.array(key);
    if (elements == nullptr) return void(good_ = false);
    if (elements->empty())
      return refuse(key, FaultKind::form, "it is empty; a filter that is not set is left out");
    for (const json::Value& element : *elements) {
      const std::optional<Id> id = read(element);
      if (!id) return refuse(key, FaultKind::unknown, "the catalogue does not know all that it names");
      ids.push_back(*id);
    }
    const bool ascending = std::ranges::adjacent_find(ids, std::ranges::greater_equal{}) == ids.end();
    if (!ascending) refuse(key, FaultKind::order, "it is to name each once, in the catalogue's order");
  }

  std::optional<SceneId> scene(const json::Value& name) const {
    return name.is_string() ? catalogue_.find_scene(*name.as_string()) : std::nullopt;
  }
  std::optional<PairId> pair(const json::Value& names) const {
    const json::Value::Array* two = names.as_array();
    if (two == nullptr || two->size() != 2 || !(*two)[0].is_string() || !(*two)[1].is_string())
      return std::nullopt;
    return catalogue_.find_pair(*(*two)[0].as_string(), *(*two)[1].as_string());
  }

  const ObjectReader& spec_;
  const Catalogue& catalogue_;
  QuestionSpec result_;
  bool good_ = true;
};

}  // namespace

std::optional<QuestionSpec> read_spec(const json::Value* value, const Place& place,
                                      const Catalogue& catalogue, FaultSink& faults) {
  const ObjectReader spec(value, place, faults);
  return SpecReader(spec, catalogue).read();
}

}  // namespace synthv1
