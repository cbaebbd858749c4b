// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/paraphrase.h"
#include "synthv1/paraphrase/range_wording.h"
#include "synthv1/paraphrase/rewrite_check.h"
#include "tests/paraphrase/specs.h"

#include <functional>
#include <map>
#include <set>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using ::testing::IsEmpty;

constexpr std::array<Language, 2> kBoth = {Language::english, Language::chinese};

const std::vector<std::string>& wordings_of(const QuestionType& type, Language language, bool ranged) {
  const QuestionWording& wording = type.wording[static_cast<std::size_t>(language)];
  return ranged ? wording.ranged_rewrites : wording.rewrites;
}

Date random_date(RandomStream& random) {
  return day("2024-01-01") + std::chrono::days(random.between(0, 365));
}

DateRange random_range(RandomStream& random) {
  const Date date = random_date(random);
  switch (random.below(7)) {
    case 0:
      return month_of(date);
    case 1:
      return quarter_of(date);
    case 2:
      return week_of(date);
    case 3:
      return {day("2024-01-01"), day("2024-12-31")};
    case 4:
      return {day("2024-07-01"), day("2024-12-31")};
    case 5:
      return {date, date + std::chrono::days(random.between(1, 20))};
    default:
      return {date, date + std::chrono::days(random.between(1, 500))};
  }
}

QuestionSpec random_spec(const QuestionType& type, bool ranged, RandomStream& random) {
  QuestionSpec spec;
  if (ranged) spec.range = random_range(random);
  if (type.date) spec.date = random_date(random);
  const auto wanted = static_cast<std::size_t>(random.between(type.min_scenes, type.max_scenes));
  std::set<SceneId> scenes;
  while (scenes.size() < wanted)
    scenes.insert(static_cast<SceneId>(random.below(default_catalogue().scenes.size())));
  spec.scenes.assign(scenes.begin(), scenes.end());
  return spec;
}

std::string fill(const std::string& wording, const QuestionSpec& spec, Language language,
                 RandomStream& random) {
  QuestionPlaces places = template_places(spec, default_catalogue(), language);
  if (spec.range) places.range = draw_range(*spec.range, language, default_catalogue(), random);
  if (spec.date) places.date = draw_date(*spec.date, language, default_catalogue(), random);
  return fill_places(wording, places);
}

/// Calls `visit` with every wording of every type and some specs.
void for_each_wording(const std::function<void(const QuestionType&, Language, const std::string&,
                                               const QuestionSpec&, RandomStream&)>& visit) {
  RandomStream random(11);
  for (const Language language : kBoth) {
    for (const QuestionType& type : default_catalogue().question_types) {
      for (const bool later : {false, true}) {
        const bool ranged = later || type.range == FilterUse::always;
        for (const std::string& wording : wordings_of(type, language, later)) {
          for (int i = 0; i < 12; ++i)
            visit(type, language, wording, random_spec(type, ranged, random), random);
        }
      }
    }
  }
}

TEST(Wordings, AreTwentyOrMoreOfEachType) {
  for (const Language language : kBoth) {
    for (const QuestionType& type : default_catalogue().question_types) {
      EXPECT_GE(wordings_of(type, language, false).size(), 20U) << type.name;
      if (type.range == FilterUse::later) {
        EXPECT_GE(wordings_of(type, language, true).size(), 20U) << type.name;
      }
    }
  }
}

TEST(Wordings, EachPassesTheCheckForItsOwnSpec) {
  for_each_wording([](const QuestionType& type, Language language, const std::string& wording,
                      const QuestionSpec& spec, RandomStream& random) {
    const std::string text = fill(wording, spec, language, random);
    EXPECT_THAT(check_rewrite(make_question(type, spec, language), text, language, default_catalogue()),
                IsEmpty())
        << text;
  });
}

TEST(Wordings, NonePassesForAnotherDateOrScene) {
  for_each_wording([](const QuestionType& type, Language language, const std::string& wording,
                      const QuestionSpec& spec, RandomStream& random) {
    const std::string text = fill(wording, spec, language, random);
    const auto check = rewrite_check(default_catalogue(), language);
    const auto refuses = [&](QuestionSpec other) {
      EXPECT_FALSE(check->passes(make_question(type, std::move(other), language), text)) << text;
    };
    constexpr std::chrono::days kOne{1};
    if (spec.range) {
      QuestionSpec later = spec, shorter = spec, none = spec;
      later.range->first = spec.range->first + kOne;
      shorter.range->last = spec.range->last - kOne;
      none.range.reset();
      refuses(later), refuses(shorter), refuses(none);
    }
    if (spec.date) {
      QuestionSpec before = spec;
      before.date = *spec.date - kOne;
      refuses(before);
    }
    if (spec.scenes.empty()) return;
    QuestionSpec fewer = spec, other = spec;
    fewer.scenes.pop_back();
    const std::size_t shifted =
        (static_cast<std::size_t>(spec.scenes.back()) + 1) % default_catalogue().scenes.size();
    other.scenes.back() = static_cast<SceneId>(shifted);
    refuses(fewer), refuses(other);
  });
}

/// What a wording of one type says is not taken for another type's with the same filters.
TEST(Wordings, NonePassesForAnotherThing) {
  for_each_wording([](const QuestionType& type, Language language, const std::string& wording,
                      const QuestionSpec& spec, RandomStream& random) {
    const std::string text = fill(wording, spec, language, random);
    const auto check = rewrite_check(default_catalogue(), language);
    for (const QuestionType& other : default_catalogue().question_types) {
      const bool same = other.select == type.select && other.by == type.by && other.of == type.of;
      if (same) continue;
      EXPECT_FALSE(check->passes(make_question(other, spec, language), text)) << other.name << ": " << text;
    }
  });
}

TEST(Wordings, TemplatesPass) {
  RandomStream random(5);
  for (const Language language : kBoth) {
    for (const QuestionType& type : default_catalogue().question_types) {
      for (const bool ranged : {false, true}) {
        if (!has_template(type, language, ranged) || (type.range == FilterUse::never && ranged)) continue;
        if (type.range == FilterUse::always && !ranged) continue;
        const Question question = make_question(type, random_spec(type, ranged, random), language);
        EXPECT_THAT(check_rewrite(question, question.query, language, default_catalogue()), IsEmpty())
            << question.query;
      }
    }
  }
}

std::vector<Question> random_questions(std::size_t count, Language language, std::uint64_t seed) {
  RandomStream random(seed);
  std::map<std::string, Question> questions;
  while (questions.size() < count) {
    const QuestionType& type = random.pick(default_catalogue().question_types);
    const bool ranged =
        type.range == FilterUse::always || (type.range == FilterUse::later && random.chance(50));
    Question question = make_question(type, random_spec(type, ranged, random), language);
    const std::string text = question.query;
    questions.emplace(text, std::move(question));
  }
  std::vector<Question> list;
  for (auto& [text, question] : questions) list.push_back(std::move(question));
  return list;
}

TEST(RewordEmbedded, RewordsAndKeepsTheTemplate) {
  for (const Language language : kBoth) {
    const auto before = random_questions(200, language, 3);
    auto questions = before;
    reword_embedded(questions, language, default_catalogue(), RandomStream(9));
    std::set<std::string> texts;
    for (std::size_t i = 0; i < questions.size(); ++i) {
      EXPECT_EQ(questions[i].template_query, before[i].query);
      EXPECT_NE(questions[i].query, before[i].query);
      EXPECT_EQ(questions[i].spec, before[i].spec);
      EXPECT_TRUE(texts.insert(questions[i].query).second) << questions[i].query;
      EXPECT_THAT(check_rewrite(before[i], questions[i].query, language, default_catalogue()), IsEmpty());
    }
  }
}

TEST(RewordEmbedded, SameStreamSameTexts) {
  auto one = random_questions(50, Language::english, 3), two = one, other = one;
  reword_embedded(one, Language::english, default_catalogue(), RandomStream(9));
  reword_embedded(two, Language::english, default_catalogue(), RandomStream(9));
  reword_embedded(other, Language::english, default_catalogue(), RandomStream(10));
  const auto texts = [](const std::vector<Question>& questions) {
    std::vector<std::string> list;
    for (const Question& question : questions) list.push_back(question.query);
    return list;
  };
  EXPECT_EQ(texts(one), texts(two));
  EXPECT_NE(texts(one), texts(other));
}

/// Twenty questions of a type get twenty wordings: none comes twice while others remain.
TEST(RewordEmbedded, DealsEveryWordingBeforeOneComesAgain) {
  const QuestionType& type = type_named("total_amount");
  std::vector<Question> questions(20, make_question(type, {}, Language::english));
  reword_embedded(questions, Language::english, default_catalogue(), RandomStream(1));
  std::set<std::string> texts;
  for (const Question& question : questions) texts.insert(question.query);
  EXPECT_EQ(texts.size(), 20U);
}

TEST(RewordEmbedded, LeavesWhatNoWordingFits) {
  std::vector<Question> questions(1);
  questions[0].category = "no_such_type";
  questions[0].query = "How much?";
  reword_embedded(questions, Language::english, default_catalogue(), RandomStream(1));
  EXPECT_EQ(questions[0].query, "How much?");
  EXPECT_EQ(questions[0].template_query, "");
}

TEST(RewordEmbedded, UserTypesBringTheirOwnWords) {
  const CatalogueSource more{.name = "more.toml", .text = R"(
[[question_types]]
name = "coffee_count"
select = "count"
range = "always"
subscenes = [1, 1]
en.question = "How many {subscenes} transactions were there from {start} to {end}?"
en.asks = ["how many", "how often"]
en.rewrites = ["How often did I pay for {subscenes} {range}?", "How much did I pay for {subscenes} {range}?"]
)"};
  std::vector<CatalogueSource> sources(default_catalogue_sources().begin(),
                                       default_catalogue_sources().end());
  sources.push_back(more);
  const auto catalogue = read_catalogue(sources);
  ASSERT_TRUE(catalogue) << catalogue.error().message;
  Question question{.category = "coffee_count", .query = "How many?", .spec = {.select = Select::count}};
  question.spec.range = DateRange{day("2024-01-01"), day("2024-01-31")};
  question.spec.subscenes = {catalogue->find_pair("Dining", "Coffee").value()};
  std::vector<Question> questions(1, question);
  reword_embedded(questions, Language::english, *catalogue, RandomStream(1));
  EXPECT_THAT(questions[0].query, ::testing::StartsWith("How often did I pay for "));
  EXPECT_THAT(check_rewrite(question, "How often did I pay for dining in January 2024?", Language::english,
                            *catalogue),
              ::testing::Contains("it does not name the subscene Coffee"));
}

TEST(RangeWording, CalendarKindsMeanExactlyTheRange) {
  const auto kinds = [](std::string_view first, std::string_view last) {
    return calendar_kinds({day(first), day(last)});
  };
  using ::testing::ElementsAre;
  EXPECT_THAT(kinds("2024-01-01", "2024-01-31"), ElementsAre("month"));
  EXPECT_THAT(kinds("2024-02-01", "2024-02-28"), IsEmpty());
  EXPECT_THAT(kinds("2024-02-01", "2024-02-29"), ElementsAre("month"));
  EXPECT_THAT(kinds("2024-04-01", "2024-06-30"), ElementsAre("quarter", "months"));
  EXPECT_THAT(kinds("2024-02-01", "2024-04-30"), ElementsAre("months"));
  EXPECT_THAT(kinds("2024-07-01", "2024-12-31"), ElementsAre("half", "months"));
  EXPECT_THAT(kinds("2024-01-01", "2024-12-31"), ElementsAre("year"));
  EXPECT_THAT(kinds("2024-01-08", "2024-01-14"), ElementsAre("week", "same_year_week"));
  EXPECT_THAT(kinds("2024-12-30", "2025-01-05"), ElementsAre("week"));
  EXPECT_THAT(kinds("2024-01-09", "2024-01-15"), IsEmpty());
  EXPECT_THAT(kinds("2023-12-01", "2024-01-31"), IsEmpty());
}

}  // namespace
}  // namespace synthv1::test
