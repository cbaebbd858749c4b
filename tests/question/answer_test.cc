// SPDX-License-Identifier: Apache-2.0
#include "synthv1/question/answer.h"

#include "synthv1/base/random.h"
#include "tests/question/naive.h"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

constexpr std::array<std::string_view, 3> kDates = {"2024-01-31", "2024-02-01", "2024-02-29"};
constexpr std::array<std::int64_t, 3> kAmounts = {1, 50, 100};  // 0.50 twice ties with 1.00 once

/// Optimised builds ask every ledger everything; others ask each ledger in turn another part of it.
#ifdef NDEBUG
constexpr std::size_t kStride = 1;
#else
constexpr std::size_t kStride = 8;
#endif

using Scenes = std::vector<SceneId>;
using Pairs = std::vector<PairId>;

SceneId scene(int id) { return static_cast<SceneId>(id); }
PairId pair(int id) { return static_cast<PairId>(id); }

std::vector<DateRange> all_ranges() {
  std::vector<DateRange> ranges;
  for (std::size_t last = 1; last < kDates.size(); ++last) {
    for (std::size_t first = 0; first < last; ++first)
      ranges.push_back({day(kDates[first]), day(kDates[last])});
  }
  ranges.push_back({day("2024-02-01"), day("2024-02-29")});
  ranges.push_back({day("2024-02-02"), day("2024-02-28")});
  return ranges;
}

std::vector<Scenes> scene_subsets(std::size_t fewest, std::size_t most) {
  std::vector<Scenes> subsets;
  for (unsigned bits = 0; bits < 8; ++bits) {
    Scenes subset;
    for (int i = 0; i < 3; ++i) {
      if (bits >> i & 1) subset.push_back(scene(i));
    }
    if (subset.size() >= fewest && subset.size() <= most) subsets.push_back(subset);
  }
  return subsets;
}

QuestionSpec make(Select select, std::optional<DateRange> range, Scenes scenes = {}, Pairs pairs = {}) {
  return {.select = select,
          .by = GroupBy::none,
          .of = Measure::sum,
          .range = range,
          .date = std::nullopt,
          .scenes = std::move(scenes),
          .subscenes = std::move(pairs)};
}

QuestionSpec leader(GroupBy by, Measure of, std::optional<DateRange> range, Scenes scenes = {},
                    Pairs pairs = {}) {
  QuestionSpec spec = make(Select::argmax, range, std::move(scenes), std::move(pairs));
  spec.by = by;
  spec.of = of;
  return spec;
}

/// Every question of the eight types over the tiny dates and scenes.
std::vector<QuestionSpec> eight_types() {
  std::vector<QuestionSpec> specs = {make(Select::sum, std::nullopt)};
  for (const DateRange& range : all_ranges()) {
    for (const Scenes& scenes : scene_subsets(0, 3)) specs.push_back(make(Select::sum, range, scenes));
    specs.push_back(leader(GroupBy::scene, Measure::sum, range));
    specs.push_back(make(Select::max, range));
    for (int i = 0; i < 3; ++i) specs.push_back(leader(GroupBy::date, Measure::count, range, {scene(i)}));
  }
  for (int i = 0; i < 3; ++i) {
    specs.push_back(leader(GroupBy::date, Measure::count, std::nullopt, {scene(i)}));
    for (const std::string_view date : kDates) {
      specs.push_back(make(Select::sum, std::nullopt, {scene(i)}));
      specs.back().date = day(date);
    }
  }
  return specs;
}

/// Questions that users may define: other selections, other groups, filters together.
std::vector<QuestionSpec> further_types() {
  std::vector<QuestionSpec> specs;
  std::vector<std::optional<DateRange>> ranges = {std::nullopt};
  for (const DateRange& range : all_ranges()) ranges.push_back(range);
  const std::vector<std::pair<Scenes, Pairs>> filters = {
      {{}, {}},        {{scene(0)}, {}},         {{scene(0), scene(2)}, {}},
      {{}, {pair(1)}}, {{}, {pair(0), pair(2)}}, {{scene(0), scene(1)}, {pair(1), pair(2)}}};
  for (const auto& range : ranges) {
    for (const auto& [scenes, pairs] : filters) {
      for (const Select select : {Select::count, Select::average, Select::min, Select::max}) {
        specs.push_back(make(select, range, scenes, pairs));
      }
      for (const GroupBy by : {GroupBy::scene, GroupBy::date, GroupBy::month}) {
        specs.push_back(leader(by, Measure::sum, range, scenes, pairs));
        specs.push_back(leader(by, Measure::count, range, scenes, pairs));
      }
    }
  }
  return specs;
}

/// Calls `visit` with every multiset of `size` tiny transactions.
template <class Visit>
void every_ledger(std::size_t size, std::vector<Transaction>& ledger, std::size_t from, const Visit& visit) {
  if (ledger.size() == size) return visit(ledger);
  for (std::size_t kind = from; kind < 27; ++kind) {
    const auto date = static_cast<std::uint32_t>(kind / 9);
    ledger.push_back(spend(kDates[date], static_cast<int>(kind / 3 % 3), kAmounts[kind % 3], date));
    every_ledger(size, ledger, kind, visit);
    ledger.pop_back();
  }
}

/// Asks every `stride`-th spec of a ledger told in its order and in a random one.
void compare(const std::vector<Transaction>& sorted, const Catalogue& catalogue,
             const std::vector<QuestionSpec>& specs, std::size_t start, std::size_t stride) {
  std::vector<Transaction> told = sorted;
  if (start % 2 == 1) RandomStream(start).shuffle(std::span(told));
  const Ledger ledger(told, catalogue);
  for (std::size_t i = start % stride; i < specs.size(); i += stride) {
    ASSERT_EQ(answer(ledger, specs[i]), naive::answer(told, catalogue, specs[i])) << "spec " << i;
    ASSERT_EQ(evidence(ledger, specs[i]), naive::select(told, catalogue, specs[i])) << "spec " << i;
  }
}

void compare_all(const Catalogue& catalogue, const std::vector<QuestionSpec>& specs, std::size_t most,
                 std::size_t stride) {
  std::size_t turn = 0;
  for (std::size_t size = 0; size <= most; ++size) {
    std::vector<Transaction> ledger;
    every_ledger(size, ledger, 0, [&](const std::vector<Transaction>& all) {
      if (!testing::Test::HasFatalFailure()) compare(all, catalogue, specs, turn++, size < 3 ? 1 : stride);
    });
  }
}

TEST(AnswersOfEveryTinyLedger, AreTheObviousOnesForTheEightTypes) {
  compare_all(small_catalogue({1, 1, 1}), eight_types(), 4, kStride);
}

TEST(AnswersOfEveryTinyLedger, AreTheObviousOnesForFurtherTypes) {
  compare_all(small_catalogue({1, 1, 1}), further_types(), 3, kStride);
}

TEST(AnswersOfEveryTinyLedger, AreTheObviousOnesWhereASceneHasSeveralSubscenes) {
  compare_all(small_catalogue({2, 1, 1}), further_types(), 3, kStride);
}

/// Some ascending elements of 0..n-1, none included.
template <class Id>
std::vector<Id> some(RandomStream& random, std::size_t n) {
  std::vector<Id> ids;
  const bool any = random.chance(60);
  for (std::size_t i = 0; i < n; ++i) {
    if (any && random.below(n) < 2) ids.push_back(static_cast<Id>(i));
  }
  return ids;
}

QuestionSpec random_spec(RandomStream& random, const Catalogue& catalogue, Date first) {
  QuestionSpec spec;
  spec.select = static_cast<Select>(random.below(kSelectNames.size()));
  spec.of = static_cast<Measure>(random.below(2));
  if (spec.select == Select::argmax) spec.by = static_cast<GroupBy>(1 + random.below(3));
  const auto a = first + std::chrono::days(random.between(-3, 103));
  if (random.chance(60)) spec.range = DateRange{a, a + std::chrono::days(random.between(1, 60))};
  if (random.chance(15)) spec.date = first + std::chrono::days(random.between(0, 100));
  spec.scenes = some<SceneId>(random, catalogue.scenes.size());
  spec.subscenes = some<PairId>(random, catalogue.pairs.size());
  return spec;
}

TEST(AnswersOfRandomLedgers, AreTheObviousOnesForAnyFilters) {
  const Catalogue catalogue = small_catalogue({3, 1, 4, 2});
  const Date first = day("2023-12-15");
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    RandomStream random(seed);
    std::vector<Transaction> told;
    const auto size = random.below(200);
    const auto top = random.chance(50) ? 3 : 100000;
    for (std::uint64_t i = 0; i < size; ++i) {
      told.push_back(spend("2024-01-01", static_cast<int>(random.below(10)), random.between(1, top)));
      told.back().date = first + std::chrono::days(random.between(0, 100));
    }
    const Ledger ledger(told, catalogue);
    for (int i = 0; i < 100; ++i) {
      const QuestionSpec spec = random_spec(random, catalogue, first);
      ASSERT_EQ(answer(ledger, spec), naive::answer(told, catalogue, spec))
          << "seed " << seed << " spec " << i;
      ASSERT_EQ(evidence(ledger, spec), naive::select(told, catalogue, spec))
          << "seed " << seed << " spec " << i;
    }
  }
}

TEST(Answer, CountsOnlyTheChunksUpToThePosition) {
  const Catalogue catalogue = small_catalogue({1, 1});
  const std::vector<Transaction> told = {spend("2024-01-01", 0, 100, 0), spend("2024-01-05", 0, 200, 1),
                                         spend("2024-01-09", 1, 400, 2)};
  const QuestionSpec total = make(Select::sum, std::nullopt);
  EXPECT_EQ(answer(Ledger(told, catalogue, 0), total), Answer(Money::from_minor(100)));
  EXPECT_EQ(answer(Ledger(told, catalogue, 1), total), Answer(Money::from_minor(300)));
  EXPECT_EQ(evidence(Ledger(told, catalogue, 1), total), (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(answer(Ledger(told, catalogue), total), Answer(Money::from_minor(700)));
}

TEST(Answer, KeepsTheIndexesOfTransactionsBehindThePosition) {
  const Catalogue catalogue = small_catalogue({1});
  const std::vector<Transaction> told = {spend("2024-01-09", 0, 1, 2), spend("2024-01-01", 0, 2, 0),
                                         spend("2024-01-05", 0, 4, 1)};
  EXPECT_EQ(evidence(Ledger(told, catalogue, 1), make(Select::sum, std::nullopt)),
            (std::vector<std::uint32_t>{1, 2}));
}

TEST(Answer, RoundsAveragesHalfUp) {
  const Catalogue catalogue = small_catalogue({1});
  const auto average = [&](std::vector<std::int64_t> amounts) {
    std::vector<Transaction> told;
    for (const std::int64_t amount : amounts) told.push_back(spend("2024-01-01", 0, amount));
    return format_answer(answer(Ledger(told, catalogue), make(Select::average, std::nullopt)).value(),
                         catalogue);
  };
  EXPECT_EQ(average({1, 2}), "0.02");     // 1.5
  EXPECT_EQ(average({1, 1, 2}), "0.01");  // 1.33
  EXPECT_EQ(average({1, 2, 2}), "0.02");  // 1.67
  EXPECT_EQ(average({100, 101, 101, 100}), "1.01");
  EXPECT_EQ(average({-1, -2}), "-0.01");  // -1.5
  EXPECT_EQ(average({9'000'000'000'000'000'000}), "90000000000000000.00");
}

TEST(Answer, IsWrittenAsTheFormatSays) {
  const Catalogue& catalogue = default_catalogue();
  EXPECT_EQ(format_answer(Money::from_minor(12345), catalogue), "123.45");
  EXPECT_EQ(format_answer(Money{}, catalogue), "0.00");
  EXPECT_EQ(format_answer(std::uint32_t{7}, catalogue), "7");
  EXPECT_EQ(format_answer(*catalogue.find_scene("Dining"), catalogue), "Dining");
  EXPECT_EQ(format_answer(day("2024-01-15"), catalogue), "2024-01-15");
  EXPECT_EQ(format_answer(std::chrono::year(2024) / 1, catalogue), "2024-01");
}

TEST(Answer, KnowsZeros) {
  EXPECT_TRUE(is_zero(Money{}));
  EXPECT_TRUE(is_zero(std::uint32_t{0}));
  EXPECT_FALSE(is_zero(Money::from_minor(1)));
  EXPECT_FALSE(is_zero(scene(0)));
  EXPECT_FALSE(is_zero(day("1970-01-01")));
}

}  // namespace
}  // namespace synthv1
