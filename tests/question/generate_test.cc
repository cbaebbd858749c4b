// SPDX-License-Identifier: Apache-2.0
#include "synthv1/question/generate.h"

#include "synthv1/question/answer.h"
#include "synthv1/question/candidates.h"
#include "tests/question/naive.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

/// A record's facts: sessions on distinct dates, each with some transactions.
struct Facts {
  std::vector<Date> dates;
  std::vector<Transaction> told;
};

Facts random_facts(RandomStream random, const Catalogue& catalogue, std::size_t num_sessions,
                   std::int64_t top = 50000, std::uint64_t most_per_session = 14) {
  Facts facts;
  std::set<Date> dates;
  while (dates.size() < num_sessions) {
    dates.insert(day("2024-01-01") +
                 std::chrono::days(random.between(0, std::max<std::int64_t>(365, num_sessions * 2))));
  }
  facts.dates.assign(dates.begin(), dates.end());
  for (std::uint32_t session = 0; session < num_sessions; ++session) {
    const auto count = 1 + random.below(most_per_session);
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto pair = static_cast<int>(random.below(catalogue.pairs.size()));
      facts.told.push_back(spend("2024-01-01", pair, random.between(1, top), session));
      facts.told.back().date = facts.dates[session];
    }
  }
  return facts;
}

GeneratedQuestions generate(const Facts& facts, const Catalogue& catalogue, std::uint32_t num_questions,
                            std::uint64_t seed = 1, Share zeros = {.parts = 1, .of = 10},
                            Language language = Language::english) {
  return generate_questions(Ledger(facts.told, catalogue), catalogue, facts.dates,
                            {.num_questions = num_questions, .zero_answers = zeros, .language = language},
                            RandomStream(seed));
}

std::map<std::string, std::size_t> by_category(const GeneratedQuestions& generated) {
  std::map<std::string, std::size_t> counts;
  for (const Question& question : generated.questions) ++counts[question.category];
  return counts;
}

const QuestionType& type_named(const Catalogue& catalogue, const std::string& name) {
  return *std::ranges::find(catalogue.question_types, name, &QuestionType::name);
}

bool is_calendar_unit(const DateRange& range) {
  return range == month_of(range.first) || range == quarter_of(range.first) || range == week_of(range.first);
}

void expect_good_range(const Facts& facts, const DateRange& range) {
  EXPECT_LT(range.first, range.last);
  const auto is_session = [&](Date date) { return std::ranges::binary_search(facts.dates, date); };
  if (is_session(range.first) && is_session(range.last)) return;
  EXPECT_TRUE(is_calendar_unit(range)) << format_date(range.first) << " " << format_date(range.last);
  EXPECT_TRUE(std::ranges::any_of(facts.dates, [&](Date date) { return range.contains(date); }));
}

/// What every question must be, and all of them together.
void expect_good(const Facts& facts, const Catalogue& catalogue, const GeneratedQuestions& generated,
                 Share zeros) {
  std::set<std::string> texts;
  std::set<QuestionSpec> specs;
  std::uint32_t capped = 0, zero = 0;
  std::size_t type_index = 0;
  for (const Question& question : generated.questions) {
    const QuestionType& type = type_named(catalogue, question.category);
    const auto index = static_cast<std::size_t>(&type - catalogue.question_types.data());
    EXPECT_LE(type_index, index) << "out of order";
    type_index = index;
    EXPECT_TRUE(texts.insert(question.query).second) << question.query;
    EXPECT_TRUE(specs.insert(question.spec).second) << question.query;
    EXPECT_EQ(question.query.find('{'), std::string::npos) << question.query;
    EXPECT_TRUE(question.template_query.empty());
    const auto right = naive::answer(facts.told, catalogue, question.spec);
    ASSERT_TRUE(right.has_value()) << question.query;
    EXPECT_EQ(question.answer, format_answer(*right, catalogue)) << question.query;
    EXPECT_EQ(question.evidence, naive::select(facts.told, catalogue, question.spec)) << question.query;
    if (question.spec.range) expect_good_range(facts, *question.spec.range);
    capped += type.cap_zero ? 1 : 0;
    zero += type.cap_zero && question.answer == "0.00" ? 1 : 0;
  }
  EXPECT_LE(zero, zeros.floor_of(capped));
}

TEST(GenerateQuestions, DeliversTheSharesOfTheTypes) {
  const Catalogue& catalogue = default_catalogue();
  const Facts facts = random_facts(RandomStream(3), catalogue, 50);
  const auto counts = by_category(generate(facts, catalogue, 100));
  EXPECT_EQ(counts, (std::map<std::string, std::size_t>{{"time_range_scene_amount", 15},
                                                        {"time_range_multiple_scenes_amount", 14},
                                                        {"time_range_total_amount", 14},
                                                        {"max_scene", 14},
                                                        {"max_frequency_date", 14},
                                                        {"max_single_amount", 14},
                                                        {"single_date_scene_amount", 14},
                                                        {"total_amount", 1}}));
}

TEST(GenerateQuestions, KeepsItsRulesOnManyLedgers) {
  const Catalogue& catalogue = default_catalogue();
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    RandomStream random(seed);
    const Facts facts =
        random_facts(random.child("facts"), catalogue, 2 + random.below(60), random.chance(30) ? 3 : 50000);
    const Share zeros{.parts = static_cast<std::uint32_t>(random.below(4)), .of = 10};
    const auto asked = static_cast<std::uint32_t>(random.below(120));
    const Language language = random.chance(50) ? Language::english : Language::chinese;
    const GeneratedQuestions generated = generate(facts, catalogue, asked, seed, zeros, language);
    SCOPED_TRACE(seed);
    expect_good(facts, catalogue, generated, zeros);
    if (facts.dates.size() >= 12) {
      EXPECT_EQ(generated.questions.size(), asked);
    }
    EXPECT_EQ(generated.missing(), asked - generated.questions.size());
  }
}

TEST(GenerateQuestions, DeliversFiveThousandFromFiftySessions) {
  const Catalogue& catalogue = default_catalogue();
  const Facts facts = random_facts(RandomStream(5), catalogue, 50);
  const GeneratedQuestions generated = generate(facts, catalogue, 5000);
  EXPECT_EQ(generated.questions.size(), 5000u);
  expect_good(facts, catalogue, generated, {.parts = 1, .of = 10});
}

TEST(GenerateQuestions, DeliversFewOrNone) {
  const Catalogue& catalogue = default_catalogue();
  const Facts facts = random_facts(RandomStream(5), catalogue, 10);
  EXPECT_TRUE(generate(facts, catalogue, 0).questions.empty());
  const GeneratedQuestions one = generate(facts, catalogue, 1);
  ASSERT_EQ(one.questions.size(), 1u);
  EXPECT_EQ(one.questions[0].category, "total_amount");
  const auto counts = by_category(generate(facts, catalogue, 3));
  EXPECT_EQ(counts, (std::map<std::string, std::size_t>{{"time_range_scene_amount", 1},
                                                        {"time_range_multiple_scenes_amount", 1},
                                                        {"total_amount", 1}}));
}

TEST(GenerateQuestions, WorksOnOneSession) {
  const Catalogue& catalogue = default_catalogue();
  const Facts facts = random_facts(RandomStream(7), catalogue, 1);
  const GeneratedQuestions generated = generate(facts, catalogue, 100);
  EXPECT_GT(generated.questions.size(), 20u);
  expect_good(facts, catalogue, generated, {.parts = 1, .of = 10});
}

TEST(GenerateQuestions, AsksTheTotalEvenOfNothing) {
  const Catalogue& catalogue = default_catalogue();
  const GeneratedQuestions generated = generate({}, catalogue, 10);
  ASSERT_EQ(generated.questions.size(), 1u);
  EXPECT_EQ(generated.questions[0].answer, "0.00");
  EXPECT_TRUE(generated.questions[0].evidence.empty());
  EXPECT_EQ(generated.missing(), 9u);
}

TEST(GenerateQuestions, IsAFunctionOfItsName) {
  const Catalogue& catalogue = default_catalogue();
  const Facts facts = random_facts(RandomStream(9), catalogue, 20);
  const auto texts = [&](std::uint64_t seed) {
    std::vector<std::string> all;
    for (const Question& question : generate(facts, catalogue, 50, seed).questions)
      all.push_back(question.query);
    return all;
  };
  EXPECT_EQ(texts(1), texts(1));
  EXPECT_NE(texts(1), texts(2));
}

/// How many questions a type can supply: all specs with one answer, and those of them with the answer zero.
struct Supply {
  std::size_t answers = 0;
  std::size_t zeros = 0;
};

Supply supply_of(const Facts& facts, const Catalogue& catalogue, const QuestionType& type) {
  const RangeChoices ranges(facts.dates);
  std::set<QuestionSpec> seen;
  Supply supply;
  for (const bool ranged : {false, true}) {
    if (ranged ? type.range == FilterUse::never : type.range == FilterUse::always) continue;
    const Candidates candidates(type, catalogue, facts.dates, ranged ? &ranges : nullptr);
    for (std::uint64_t i = 0; i < candidates.size(); ++i) {
      const QuestionSpec spec = candidates.at(i);
      if (!seen.insert(spec).second) continue;
      const auto right = naive::answer(facts.told, catalogue, spec);
      supply.answers += right ? 1 : 0;
      supply.zeros += right && is_zero(*right) ? 1 : 0;
    }
  }
  return supply;
}

/// The most questions that the rules allow.
std::size_t most_questions(const Facts& facts, const Catalogue& catalogue, Share share) {
  std::size_t free = 0;
  Supply capped;
  for (const QuestionType& type : catalogue.question_types) {
    const Supply supply = supply_of(facts, catalogue, type);
    if (!type.cap_zero)
      free += std::min<std::size_t>(supply.answers, type.fixed > 0 ? type.fixed : supply.answers);
    if (type.cap_zero) capped = {capped.answers + supply.answers, capped.zeros + supply.zeros};
  }
  const std::size_t others = capped.answers - capped.zeros;
  std::size_t zeros = capped.zeros;
  while (zeros > share.floor_of(static_cast<std::uint32_t>(others + zeros))) --zeros;
  return free + others + zeros;
}

TEST(GenerateQuestions, DeliversAllThatTheDataCanSupply) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const Catalogue catalogue =
        small_catalogue(seed % 2 == 0 ? std::vector{2, 1, 1} : std::vector{1, 1, 1, 1, 1});
    const Facts facts = random_facts(RandomStream(seed), catalogue, 1 + seed % 6, 4, 4);
    const Share share{.parts = static_cast<std::uint32_t>(seed % 4 * 3), .of = 10};
    SCOPED_TRACE(seed);
    const std::size_t most = most_questions(facts, catalogue, share);
    const GeneratedQuestions all = generate(facts, catalogue, 100000, seed, share);
    EXPECT_EQ(all.questions.size(), most);
    expect_good(facts, catalogue, all, share);
    EXPECT_EQ(generate(facts, catalogue, static_cast<std::uint32_t>(most), seed, share).missing(), 0u);
    EXPECT_EQ(generate(facts, catalogue, static_cast<std::uint32_t>(most - 1), seed, share).missing(), 0u);
  }
}

TEST(GenerateQuestions, AsksOverTheWholeRecordBeforeRanges) {
  const Catalogue catalogue = small_catalogue({1, 1, 1});
  Facts facts{.dates = {day("2024-01-01"), day("2024-01-02")}, .told = {}};
  for (int pair = 0; pair < 3; ++pair) {
    facts.told.push_back(spend("2024-01-01", pair, 100, 0));
    facts.told.push_back(spend("2024-01-02", pair, 100, 1));
    facts.told.push_back(spend("2024-01-02", pair, 200, 1));
  }
  std::size_t unranged = 0;
  for (const Question& question : generate(facts, catalogue, 36).questions) {
    if (question.category == "max_frequency_date" && !question.spec.range) ++unranged;
  }
  EXPECT_EQ(unranged, 3u);
}

TEST(GenerateQuestions, NeverAsksWhatNoTemplateWords) {
  Catalogue catalogue = small_catalogue({1, 1, 1});
  catalogue.question_types[0].wording[0].question = "How much was spent from {start} to {end}?";
  catalogue.question_types[4].wording[0].ranged.clear();
  catalogue.question_types[6].wording[0].question.clear();
  const Facts facts = random_facts(RandomStream(1), catalogue, 12);
  for (const Question& question : generate(facts, catalogue, 200).questions) {
    EXPECT_NE(question.category, catalogue.question_types[0].name);
    EXPECT_NE(question.category, catalogue.question_types[6].name);
    if (question.category == catalogue.question_types[4].name) {
      EXPECT_FALSE(question.spec.range.has_value());
    }
  }
}

TEST(GenerateQuestions, AsksOnlyOnceWhatReadsTheSame) {
  Catalogue catalogue = small_catalogue({1, 1});
  catalogue.scenes[1].name = catalogue.scenes[0].name;
  const Facts facts = random_facts(RandomStream(1), catalogue, 6);
  expect_good(facts, catalogue, generate(facts, catalogue, 10000), {.parts = 1, .of = 10});
}

TEST(GenerateQuestions, ServesTypesThatUsersAdd) {
  Catalogue catalogue = small_catalogue({2, 2, 1});
  QuestionType average = catalogue.question_types[2];
  average.name = "average_of_subscenes";
  average.select = Select::average;
  average.min_subscenes = 1;
  average.max_subscenes = 2;
  average.wording[0].question = "What did {subscenes} cost on average {range}?";
  QuestionType month = catalogue.question_types[4];
  month.name = "dearest_month";
  month.by = GroupBy::month;
  month.of = Measure::sum;
  month.fixed = 2;
  month.min_scenes = month.max_scenes = 0;
  month.wording[0].question = "In which month was most spent?";
  month.wording[0].ranged = "In which month was most spent {range}?";
  catalogue.question_types.push_back(average);
  catalogue.question_types.push_back(month);
  const Facts facts = random_facts(RandomStream(1), catalogue, 30);
  const GeneratedQuestions generated = generate(facts, catalogue, 83);
  expect_good(facts, catalogue, generated, {.parts = 1, .of = 10});
  EXPECT_EQ(by_category(generated)["average_of_subscenes"], 10u);
  EXPECT_EQ(by_category(generated)["dearest_month"], 2u);
  EXPECT_EQ(by_category(generated)["total_amount"], 1u);
  EXPECT_EQ(generated.questions.size(), 83u);
}

TEST(GenerateQuestions, FavoursNoCandidate) {
  const Catalogue& catalogue = default_catalogue();
  const Facts facts = random_facts(RandomStream(11), catalogue, 50);
  std::map<SceneId, int> scenes;
  int between = 0, ranged = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    for (const Question& question : generate(facts, catalogue, 100, seed).questions) {
      if (question.category == "time_range_scene_amount") ++scenes[question.spec.scenes[0]];
      if (question.category != "time_range_total_amount") continue;
      ++ranged;
      if (!is_calendar_unit(*question.spec.range)) ++between;
    }
  }
  for (const auto& [scene, count] : scenes) EXPECT_NEAR(count, 1500 / 8, 75);
  EXPECT_NEAR(between, ranged / 2, ranged / 10);
}

TEST(GenerateQuestions, FindsTheFewAnswersOfALargeCatalogue) {
  const Catalogue catalogue = small_catalogue(std::vector<int>(300, 1));
  Facts facts{.dates = {day("2024-01-01"), day("2024-02-02")}, .told = {}};
  facts.told = {spend("2024-01-01", 250, 100, 0), spend("2024-02-02", 260, 250, 1)};
  const GeneratedQuestions generated = generate(facts, catalogue, 60, 1, Share{.parts = 0, .of = 1});
  EXPECT_EQ(generated.missing(), 0u);
  expect_good(facts, catalogue, generated, {.parts = 0, .of = 1});
}

}  // namespace
}  // namespace synthv1
