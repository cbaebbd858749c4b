// SPDX-License-Identifier: Apache-2.0
#include "cli/open_catalogue.h"
#include "native/parts.h"
#include "synthv1/catalogue/catalogue.h"
#include "synthv1/evaluate/score.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include <nanobind/stl/string.h>

namespace nb = nanobind;
using namespace nb::literals;

namespace synthv1::python {

namespace {

std::string_view view_of(const nb::bytes& bytes) { return {bytes.c_str(), bytes.size()}; }

nb::str text(std::string_view text) { return nb::str(text.data(), text.size()); }

/// The value of that name; nothing where there is none.
template <class Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

/// The catalogue of that path, read when it is first asked for; empty: the default one.
Result<const Catalogue*> catalogue_at(const std::string& path) {
  static std::mutex mutex;
  static std::map<std::string, cli::OpenCatalogue> opened;
  if (path.empty()) return &default_catalogue();
  const std::lock_guard lock(mutex);
  auto found = opened.find(path);
  if (found == opened.end()) {
    auto catalogue = cli::open_catalogue(path);
    if (!catalogue) return std::unexpected(std::move(catalogue.error()));
    found = opened.emplace(path, std::move(*catalogue)).first;
  }
  return &found->second.get();
}

DueAnswer due(const std::string& answer, const std::string& category, const std::string& form,
              const Catalogue& catalogue) {
  StoredQuestion question;
  question.answer = answer;
  if (!category.empty()) question.category = category;
  DueAnswer due = due_answer(question, catalogue);
  due.form = named<AnswerForm>(kAnswerFormNames, form).value_or(due.form);
  return due;
}

/// (status, correct, tolerant, f1, reason, region, extracted, value), or what is wrong with the arguments.
nb::object score(const nb::bytes& raw, const std::string& status, const std::string& answer,
                 const std::string& category, const std::string& form, std::int64_t tolerance_minor,
                 std::uint32_t tolerance_permille, bool european, const std::string& catalog) {
  const auto stated = named<AnswerStatus>(kAnswerStatusNames, status);
  if (!stated) return failure({ErrorKind::usage, "there is no status '" + status + "'"});
  if (!form.empty() && !named<AnswerForm>(kAnswerFormNames, form))
    return failure({ErrorKind::usage, "there is no form of answer '" + form + "'"});
  const ScoreOptions options{.tolerance = Money::from_minor(tolerance_minor),
                             .tolerance_permille = tolerance_permille,
                             .european = european};
  const auto catalogue = catalogue_at(catalog);
  if (!catalogue) return failure(catalogue.error());
  const Score score = [&] {
    const nb::gil_scoped_release unlocked;
    return score_answer(view_of(raw), *stated, due(answer, category, form, **catalogue), options);
  }();
  return nb::make_tuple(text(name_of(score.status)), score.correct, score.tolerant, score.f1,
                        text(name_of(score.reason)), text(name_of(score.region)), text(score.extracted),
                        text(score.value));
}

double reward_of(const nb::bytes& solution, const std::string& ground_truth) {
  const nb::gil_scoped_release unlocked;
  return reward(view_of(solution), ground_truth);
}

}  // namespace

void add_scoring(nb::module_& module) {
  module.attr("SCORER_VERSION") = text(kScorerVersion);
  module.def("score", &score, "raw"_a, "status"_a, "answer"_a, "category"_a, "form"_a, "tolerance_minor"_a,
             "tolerance_permille"_a, "european"_a, "catalog"_a);
  module.def("reward", &reward_of, "solution"_a, "ground_truth"_a);
}

}  // namespace synthv1::python
