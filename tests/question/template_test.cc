// SPDX-License-Identifier: Apache-2.0
#include "synthv1/question/template.h"

#include "tests/question/naive.h"

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

SceneId scene(std::string_view name) { return default_catalogue().find_scene(name).value(); }

/// The texts of a type over the year's first quarter or on 15 January, in both languages.
std::vector<std::string> texts(std::size_t type_index, std::vector<SceneId> scenes, bool ranged) {
  const Catalogue& catalogue = default_catalogue();
  const QuestionType& type = catalogue.question_types[type_index];
  QuestionSpec spec;
  spec.scenes = std::move(scenes);
  if (ranged) spec.range = DateRange{day("2024-01-01"), day("2024-03-31")};
  if (type.date) spec.date = day("2024-01-15");
  return {template_text(spec, type, catalogue, Language::english),
          template_text(spec, type, catalogue, Language::chinese)};
}

using Texts = std::vector<std::string>;

TEST(Templates, OfTheEightTypesReadSo) {
  EXPECT_EQ(texts(0, {scene("Dining")}, true),
            (Texts{"How much was spent on Dining from 2024-01-01 to 2024-03-31?",
                   "从2024-01-01到2024-03-31，餐饮一共花了多少？"}));
  EXPECT_EQ(
      texts(1, {scene("Dining"), scene("Shopping"), scene("Other")}, true),
      (Texts{"How much was spent on Dining, Shopping and Other altogether from 2024-01-01 to 2024-03-31?",
             "从2024-01-01到2024-03-31，餐饮、购物和其他加起来一共花了多少？"}));
  EXPECT_EQ(texts(2, {}, true), (Texts{"How much was spent in total from 2024-01-01 to 2024-03-31?",
                                       "从2024-01-01到2024-03-31，总共花了多少？"}));
  EXPECT_EQ(texts(3, {}, true),
            (Texts{"Which spending category had the highest total from 2024-01-01 to 2024-03-31?",
                   "从2024-01-01到2024-03-31，哪个消费类别的总支出最高？"}));
  EXPECT_EQ(texts(4, {scene("Other")}, false),
            (Texts{"On which date were there the most Other transactions?", "哪一天的其他消费笔数最多？"}));
  EXPECT_EQ(texts(4, {scene("Other")}, true),
            (Texts{"On which date from 2024-01-01 to 2024-03-31 were there the most Other transactions?",
                   "从2024-01-01到2024-03-31，哪一天的其他消费笔数最多？"}));
  EXPECT_EQ(texts(5, {}, true),
            (Texts{"What was the amount of the largest single transaction from 2024-01-01 to 2024-03-31?",
                   "从2024-01-01到2024-03-31，单笔最高的一笔消费是多少钱？"}));
  EXPECT_EQ(texts(6, {scene("Utilities")}, false), (Texts{"How much was spent on Utilities on 2024-01-15?",
                                                          "2024-01-15这一天，水电费一共花了多少？"}));
  EXPECT_EQ(texts(7, {}, false), (Texts{"How much was spent in total over everything recorded?",
                                        "所有记录加起来，总共花了多少？"}));
}

TEST(Templates, NameEveryFilter) {
  for (const QuestionType& type : default_catalogue().question_types) {
    for (const Language language : {Language::english, Language::chinese}) {
      SCOPED_TRACE(type.name);
      if (type.range != FilterUse::always) {
        EXPECT_TRUE(has_template(type, language, false));
      }
      if (type.range != FilterUse::never) {
        EXPECT_TRUE(has_template(type, language, true));
      }
    }
  }
}

TEST(ListNames, JoinsAsTheLanguageDoes) {
  const std::vector<std::string_view> names = {"A", "B", "C"};
  EXPECT_EQ(list_names(std::span(names).first(1), Language::english), "A");
  EXPECT_EQ(list_names(std::span(names).first(2), Language::english), "A and B");
  EXPECT_EQ(list_names(names, Language::english), "A, B and C");
  EXPECT_EQ(list_names(std::span(names).first(2), Language::chinese), "A和B");
  EXPECT_EQ(list_names(names, Language::chinese), "A、B和C");
  EXPECT_EQ(list_names({}, Language::english), "");
}

TEST(FillPlaces, FillsWhatItKnowsAndLeavesTheRest) {
  const QuestionPlaces places{
      .range = "R", .start = "S", .end = "E", .date = "D", .scenes = "C", .subscenes = "U"};
  EXPECT_EQ(fill_places("{range}{start}{end} {date}-{scenes}/{subscenes}", places), "RSE D-C/U");
  EXPECT_EQ(fill_places("{other} {start", places), "{other} {start");
  EXPECT_EQ(fill_places("{{start}}", places), "{S}");
  EXPECT_EQ(fill_places("", places), "");
}

TEST(TemplatePlaces, UseTheNamesOfTheLanguage) {
  const Catalogue& catalogue = default_catalogue();
  QuestionSpec spec;
  spec.range = DateRange{day("2024-01-01"), day("2024-01-31")};
  spec.subscenes = {catalogue.find_pair("Dining", "Coffee").value(),
                    catalogue.find_pair("Dining", "BBQ").value()};
  EXPECT_EQ(template_places(spec, catalogue, Language::english).range, "from 2024-01-01 to 2024-01-31");
  EXPECT_EQ(template_places(spec, catalogue, Language::english).subscenes, "Coffee and BBQ");
  EXPECT_EQ(template_places(spec, catalogue, Language::chinese).range, "从2024-01-01到2024-01-31");
  EXPECT_EQ(template_places(spec, catalogue, Language::chinese).subscenes, "咖啡和烧烤");
}

}  // namespace
}  // namespace synthv1
