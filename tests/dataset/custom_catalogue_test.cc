// SPDX-License-Identifier: Apache-2.0
// Records of a catalogue that a user changed: with it at hand, and from the file alone.
#include "synthv1/base/json_parse.h"
#include "synthv1/dataset/validate.h"
#include "tests/dataset/embedded_record.h"
#include "tests/dataset/small_record.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1 {
namespace {

using test::at;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kOverlay = R"toml(
[[scenes]]
name = "Garden"
zh = "花园"
subscenes = [{ name = "Seeds", zh = "种子" }, { name = "Tools", zh = "工具" }]

[[question_types]]
name = "how_many"
select = "count"
range = "always"
en.question = "How many transactions were there from {start} to {end}?"

[[question_types]]
name = "average_of_subscene"
select = "average"
subscenes = [1, 1]
en.question = "What was the average {subscenes} transaction?"

[[question_types]]
name = "smallest"
select = "min"
range = "always"
en.question = "What was the smallest amount from {start} to {end}?"

[[question_types]]
name = "dearest_month"
select = "argmax"
by = "month"
of = "sum"
scenes = [1, 2]
en.question = "In which month did {scenes} cost the most?"

[[question_types]]
name = "dearest_date"
select = "argmax"
by = "date"
of = "sum"
scenes = [1, 1]
en.question = "On which date did {scenes} cost the most?"
)toml";

/// The default catalogue with kOverlay laid over it; read once, as that takes a while.
const Catalogue& garden() {
  static const Catalogue catalogue = [] {
    std::vector<CatalogueSource> sources(default_catalogue_sources().begin(),
                                         default_catalogue_sources().end());
    sources.push_back({"garden.toml", std::string(kOverlay)});
    return read_catalogue(sources).value();
  }();
  return catalogue;
}

FaultList check(const json::Value& record, const Catalogue& catalogue) {
  FaultList found;
  Validator(catalogue).check(record, found);
  return found;
}

std::string list(const FaultList& found) {
  std::string text;
  for (const Fault& fault : found.faults)
    text.append(fault.field).append(": ").append(fault.reason).append("\n");
  return text;
}

/// The path of the first question of a category.
std::string question_of(const json::Value& record, std::string_view category) {
  const json::Value::Array& questions = *record.find("questions")->as_array();
  const auto found = std::ranges::find_if(questions, [&](const json::Value& question) {
    return question.find("category")->as_string() == category;
  });
  EXPECT_NE(found, questions.end()) << category;
  return "questions[" + std::to_string(found - questions.begin()) + "]";
}

class CustomCatalogue : public testing::Test {
 protected:
  const Catalogue& catalogue_ = garden();
  json::Value record_ =
      json::parse(test::embedded_record({.seed = 3, .num_questions = 80, .catalogue = catalogue_})).value();
};

TEST_F(CustomCatalogue, PassesWithItAtHand) {
  const FaultList found = check(record_, catalogue_);
  EXPECT_THAT(found.faults, IsEmpty()) << list(found);
  EXPECT_THAT(found.notes, IsEmpty());
}

TEST_F(CustomCatalogue, PassesFromTheFileAlone) {
  const FaultList found = check(record_, default_catalogue());
  EXPECT_THAT(found.faults, IsEmpty()) << list(found);
  ASSERT_THAT(found.notes, SizeIs(1));
  EXPECT_THAT(found.notes[0], HasSubstr(catalogue_.hash));
}

TEST_F(CustomCatalogue, AnswersOfUsersTypesAreRecomputed) {
  const std::pair<std::string_view, std::string_view> wrong[] = {{"how_many", "100000"},
                                                                 {"average_of_subscene", "100000.00"},
                                                                 {"smallest", "100000.00"},
                                                                 {"dearest_month", "2023-01"},
                                                                 {"dearest_date", "2023-01-01"}};
  for (const auto& [category, answer] : wrong) {
    json::Value record = record_;
    const std::string field = question_of(record, category) + ".answer";
    at(record, field) = json::Value::string(std::string(answer));
    for (const Catalogue* given : {&catalogue_, &default_catalogue()}) {
      const FaultList found = check(record, *given);
      ASSERT_THAT(found.faults, SizeIs(1)) << list(found);
      EXPECT_EQ(found.faults[0].kind, FaultKind::answer);
      EXPECT_EQ(found.faults[0].field, field);
    }
  }
}

TEST_F(CustomCatalogue, AnswersOfUsersTypesHaveTheirForm) {
  const std::pair<std::string_view, std::string_view> wrong[] = {{"how_many", "07"},
                                                                 {"how_many", "3.00"},
                                                                 {"average_of_subscene", "12.5"},
                                                                 {"dearest_month", "2024-1"},
                                                                 {"dearest_date", "2024-13-01"}};
  for (const auto& [category, answer] : wrong) {
    json::Value record = record_;
    at(record, question_of(record, category) + ".answer") = json::Value::string(std::string(answer));
    const FaultList found = check(record, catalogue_);
    ASSERT_THAT(found.faults, SizeIs(1)) << list(found);
    EXPECT_EQ(found.faults[0].kind, FaultKind::form) << answer;
  }
}

TEST_F(CustomCatalogue, WordingsAreHeldAgainstSpecsFromTheFileAlone) {
  const std::string field = question_of(record_, "dearest_month") + ".query";
  at(record_, field) = json::Value::string("In which month did Nonsense cost the most?");
  const FaultList found = check(record_, default_catalogue());
  ASSERT_FALSE(found.faults.empty());
  EXPECT_EQ(found.faults[0].kind, FaultKind::wording);
  EXPECT_EQ(found.faults[0].field, field);
}

TEST_F(CustomCatalogue, TemplatesAreKnownWithItAtHand) {
  const std::string field = question_of(record_, "how_many") + ".query";
  at(record_, field) = json::Value::string("How many were there?");
  const FaultList found = check(record_, catalogue_);
  ASSERT_THAT(found.faults, SizeIs(1)) << list(found);
  EXPECT_EQ(found.faults[0].kind, FaultKind::template_text);
}

TEST_F(CustomCatalogue, AHashOfTheCatalogueInUseMustMeanItsPairs) {
  test::remove(record_, "metadata.catalogue.pairs[0]");
  const FaultList found = check(record_, catalogue_);
  ASSERT_FALSE(found.faults.empty());
  EXPECT_EQ(found.faults[0].kind, FaultKind::catalogue);
  EXPECT_EQ(found.faults[0].field, "metadata.catalogue.pairs");
}

TEST_F(CustomCatalogue, ScenesAreTheDefaultsWhereNoneIsDescribed) {
  test::remove(record_, "metadata.catalogue");
  const FaultList found = check(record_, default_catalogue());
  EXPECT_TRUE(
      std::ranges::any_of(found.faults, [](const Fault& fault) { return fault.field == "metadata.scenes"; }));
}

}  // namespace
}  // namespace synthv1
