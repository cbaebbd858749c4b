// SPDX-License-Identifier: Apache-2.0
#include "synthv1/question/candidates.h"

#include "tests/question/naive.h"

#include <set>

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

TEST(RangeChoices, AreAllPairsOfDatesAndAllUnitsThatOverlap) {
  const std::vector<Date> dates = {day("2023-12-31"), day("2024-01-01"), day("2024-01-07"),
                                   day("2024-02-29")};
  const RangeChoices ranges(dates);
  std::set<DateRange> all;
  for (std::uint64_t i = 0; i < ranges.size(); ++i) all.insert(ranges.at(i));
  const std::set<DateRange> expected = {{dates[0], dates[1]},
                                        {dates[0], dates[2]},
                                        {dates[0], dates[3]},
                                        {dates[1], dates[2]},
                                        {dates[1], dates[3]},
                                        {dates[2], dates[3]},
                                        {day("2023-12-01"), day("2023-12-31")},
                                        {day("2024-01-01"), day("2024-01-31")},
                                        {day("2024-02-01"), day("2024-02-29")},
                                        {day("2023-10-01"), day("2023-12-31")},
                                        {day("2024-01-01"), day("2024-03-31")},
                                        {day("2023-12-25"), day("2023-12-31")},
                                        {day("2024-02-26"), day("2024-03-03")}};
  EXPECT_EQ(all, expected);  // the week of 2024-01-01 is also a pair of dates
  EXPECT_EQ(ranges.size(), expected.size() + 1);
}

TEST(RangeChoices, AreNumberedWithoutGapsUpToManyDates) {
  std::vector<Date> dates;
  for (int i = 0; i < 2000; ++i) dates.push_back(day("2000-01-01") + std::chrono::days(i));
  const RangeChoices ranges(dates);
  DateRange before{};
  for (std::uint64_t i = 0; i < 2000 * 1999 / 2; ++i) {
    const DateRange range = ranges.at(i);
    ASSERT_LT(range.first, range.last);
    ASSERT_LT(std::pair(before.last, before.first), std::pair(range.last, range.first)) << i;
    before = range;
  }
}

TEST(RangeChoices, OfOneDateAreItsUnits) {
  const std::vector<Date> dates = {day("2024-02-29")};
  const RangeChoices ranges(dates);
  EXPECT_EQ(ranges.size(), 3u);
  RandomStream random(1);
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(ranges.draw(random).contains(dates[0]));
  EXPECT_EQ(RangeChoices({}).size(), 0u);
}

TEST(SubsetChoices, AreAllSubsetsOnce) {
  const SubsetChoices choices(6, 2, 4);
  EXPECT_EQ(choices.size(), 15u + 20u + 15u);
  std::set<std::vector<std::uint16_t>> all, drawn;
  RandomStream random(1);
  for (std::uint64_t i = 0; i < choices.size(); ++i) all.insert(choices.at(i));
  for (int i = 0; i < 2000; ++i) drawn.insert(choices.draw(random));
  EXPECT_EQ(all.size(), choices.size());
  EXPECT_EQ(all, drawn);
  for (const auto& subset : all) EXPECT_TRUE(std::is_sorted(subset.begin(), subset.end()));
}

TEST(SubsetChoices, KnowTheirLimits) {
  EXPECT_EQ(SubsetChoices(8, 0, 0).size(), 1u);
  EXPECT_TRUE(SubsetChoices(8, 0, 0).at(0).empty());
  EXPECT_EQ(SubsetChoices(3, 2, 8).size(), 4u);
  EXPECT_EQ(SubsetChoices(1, 2, 4).size(), 0u);
  EXPECT_EQ(SubsetChoices(1000, 8, 8).size(), kUncountable);
}

}  // namespace
}  // namespace synthv1
