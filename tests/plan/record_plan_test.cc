// SPDX-License-Identifier: Apache-2.0
#include "synthv1/plan/record_plan.h"

#include <algorithm>
#include <map>
#include <set>

#include <gmock/gmock.h>

namespace synthv1 {
namespace {

using testing::Each;
using testing::MatchesRegex;
using testing::SizeIs;

Date day(std::string_view text) { return Date::parse(text).value(); }
DateRange range(std::string_view first, std::string_view last) { return {day(first), day(last)}; }

PlanOptions with_dates(std::uint32_t num_sessions, DateRange dates) {
  return {.num_sessions = num_sessions, .dates = dates};
}
PlanOptions in_2024() { return with_dates(50, range("2024-01-01", "2024-12-31")); }

RecordPlan plan_of(const PlanOptions& options, std::uint64_t seed = 1, std::uint32_t index = 0) {
  return make_record_plan(options, default_catalogue(), seed, index);
}

std::vector<Date> dates_of(const RecordPlan& plan) {
  std::vector<Date> dates;
  for (const SessionPlan& session : plan.sessions) dates.push_back(session.date);
  return dates;
}

/// Everything that a plan says, for comparing.
std::string text_of(const RecordPlan& plan) {
  std::string text = plan.id + "\n";
  for (const SessionPlan& session : plan.sessions) {
    text += std::to_string(session.record) + " " + std::to_string(session.index) + " " +
            format_date(session.date) + " " + std::to_string(session.min_turns) + ".." +
            std::to_string(session.max_turns);
    for (const PairId pair : session.pairs) text += " " + default_catalogue().pair(pair).name;
    text += "\n";
  }
  return text;
}

void expect_dates(const PlanOptions& options, const RecordPlan& plan) {
  const std::vector<Date> dates = dates_of(plan);
  ASSERT_EQ(dates.size(), options.num_sessions);
  EXPECT_TRUE(std::is_sorted(dates.begin(), dates.end()));
  EXPECT_EQ(std::set<Date>(dates.begin(), dates.end()).size(), dates.size());
  for (const Date date : dates) EXPECT_TRUE(options.dates.contains(date)) << format_date(date);
}

TEST(RecordPlan, DatesAreDistinctSortedAndInRange) {
  for (const PlanOptions& options :
       {in_2024(), with_dates(3, range("2024-02-28", "2024-03-02")),
        with_dates(1, range("2024-02-29", "2024-02-29")), with_dates(369, range("2023-12-31", "2025-01-02")),
        with_dates(5, range("0001-01-01", "9999-12-31"))}) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) expect_dates(options, plan_of(options, seed));
  }
}

TEST(RecordPlan, AsManySessionsAsDaysTakeEveryDay) {
  const PlanOptions options = with_dates(366, range("2024-01-01", "2024-12-31"));
  const std::vector<Date> dates = dates_of(plan_of(options));
  for (std::size_t i = 0; i < dates.size(); ++i)
    EXPECT_EQ(dates[i], options.dates.first + std::chrono::days(i));
}

TEST(RecordPlan, MoreSessionsThanDaysIsOurBug) {
  EXPECT_THROW(plan_of(with_dates(367, range("2024-01-01", "2024-12-31"))), BrokenInvariant);
}

TEST(RecordPlan, EveryDayIsDrawn) {
  std::map<Date, int> drawn;
  for (std::uint32_t index = 0; index < 500; ++index) {
    for (const Date date : dates_of(plan_of(in_2024(), 1, index))) ++drawn[date];
  }
  EXPECT_THAT(drawn, SizeIs(366));
  for (const auto& [date, count] : drawn) EXPECT_NEAR(count, 500 * 50 / 366, 45) << format_date(date);
}

TEST(RecordPlan, SessionsAreNumbered) {
  const RecordPlan plan = plan_of(in_2024(), 1, 7);
  EXPECT_EQ(plan.index, 7U);
  for (std::uint32_t i = 0; i < plan.sessions.size(); ++i) {
    EXPECT_EQ(plan.sessions[i].record, 7U);
    EXPECT_EQ(plan.sessions[i].index, i);
    EXPECT_EQ(plan.sessions[i].first(), i == 0);
    EXPECT_EQ(plan.sessions[i].min_turns, 20U);
    EXPECT_EQ(plan.sessions[i].max_turns, 50U);
  }
}

/// How many pairs the sessions of twenty records have.
std::set<std::size_t> pair_counts(PlanOptions options) {
  std::set<std::size_t> counts;
  for (std::uint32_t index = 0; index < 20; ++index) {
    for (const SessionPlan& session : plan_of(options, 9, index).sessions) {
      const std::set<PairId> distinct(session.pairs.begin(), session.pairs.end());
      EXPECT_EQ(distinct.size(), session.pairs.size());
      for (const PairId pair : distinct) EXPECT_LT(static_cast<std::size_t>(pair), 50U);
      counts.insert(session.pairs.size());
    }
  }
  return counts;
}

PlanOptions with_pairs(std::uint32_t min, std::uint32_t max, std::uint32_t max_turns) {
  PlanOptions options = in_2024();
  options.min_scenes = min;
  options.max_scenes = max;
  options.min_turns = 2;
  options.max_turns = max_turns;
  return options;
}

TEST(RecordPlan, PairsAreDistinctAndWithinTheirLimits) {
  EXPECT_THAT(pair_counts(with_pairs(1, 10, 50)), testing::ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
  EXPECT_THAT(pair_counts(with_pairs(4, 4, 50)), testing::ElementsAre(4));
  EXPECT_THAT(pair_counts(with_pairs(49, 50, 200)), testing::ElementsAre(49, 50));
}

TEST(RecordPlan, PairsAreCappedAtTheUserTurns) {
  EXPECT_THAT(pair_counts(with_pairs(1, 10, 2)), testing::ElementsAre(1));
  EXPECT_THAT(pair_counts(with_pairs(1, 10, 3)), testing::ElementsAre(1, 2));
  EXPECT_THAT(pair_counts(with_pairs(8, 10, 5)), testing::ElementsAre(3));
  EXPECT_THAT(pair_counts(with_pairs(1, 4'000'000, 200)), SizeIs(50));
}

TEST(RecordPlan, EveryPairIsDrawn) {
  std::map<PairId, int> drawn;
  for (std::uint32_t index = 0; index < 100; ++index) {
    for (const SessionPlan& session : plan_of(in_2024(), 1, index).sessions) {
      for (const PairId pair : session.pairs) ++drawn[pair];
    }
  }
  EXPECT_THAT(drawn, SizeIs(50));
  for (const auto& [pair, count] : drawn) EXPECT_NEAR(count, 550, 150);
}

TEST(RecordPlan, IsAFunctionOfOptionsSeedAndIndex) {
  const std::string fifth = text_of(plan_of(in_2024(), 1, 5));
  for (std::uint32_t index = 0; index < 5; ++index) plan_of(in_2024(), 1, index);
  EXPECT_EQ(text_of(plan_of(in_2024(), 1, 5)), fifth);
  EXPECT_NE(text_of(plan_of(in_2024(), 1, 6)), fifth);
  EXPECT_NE(text_of(plan_of(in_2024(), 2, 5)), fifth);
}

TEST(RecordPlan, DatesDoNotDependOnPairs) {
  EXPECT_EQ(dates_of(plan_of(with_pairs(1, 10, 50))), dates_of(plan_of(with_pairs(3, 5, 20))));
}

TEST(RecordPlan, OfAllRecordsDiffer) {
  std::set<std::string> plans;
  for (std::uint32_t index = 0; index < 1'000; ++index) {
    plans.insert(text_of(plan_of(in_2024(), 3, index)).substr(9));
  }
  EXPECT_THAT(plans, SizeIs(1'000));
}

TEST(RecordPlan, IdsAreDistinctHexDigits) {
  const PlanOptions options = with_dates(1, range("2024-01-01", "2024-01-01"));
  std::set<std::string> ids;
  for (std::uint32_t index = 0; index < 100'000; ++index) ids.insert(plan_of(options, 11, index).id);
  EXPECT_THAT(ids, SizeIs(100'000));
  EXPECT_THAT(ids, Each(MatchesRegex("[0-9a-f]{8}")));
}

TEST(RecordPlan, IdsDependOnTheSeedNotOnTheOptions) {
  EXPECT_EQ(plan_of(in_2024(), 1, 3).id, plan_of(with_pairs(1, 2, 10), 1, 3).id);
  EXPECT_NE(plan_of(in_2024(), 1, 3).id, plan_of(in_2024(), 2, 3).id);
}

}  // namespace
}  // namespace synthv1
