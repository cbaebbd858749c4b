// SPDX-License-Identifier: Apache-2.0
#include "synthv1/ledger/ledger.h"

#include "synthv1/base/random.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

TEST(RangeMax, FindsTheFirstMaximumOfEveryStretch) {
  RandomStream random(1);
  for (std::uint32_t size = 0; size <= 40; ++size) {
    std::vector<std::int64_t> values;
    for (std::uint32_t i = 0; i < size; ++i) values.push_back(random.between(-3, 3));
    const RangeMax maxima(values);
    for (std::uint32_t first = 0; first < size; ++first) {
      for (std::uint32_t end = first + 1; end <= size; ++end) {
        const auto best = std::max_element(values.begin() + first, values.begin() + end);
        const std::uint32_t at = maxima.first_max({first, end});
        ASSERT_EQ(at, best - values.begin());
        ASSERT_EQ(maxima.only_max({first, end}, at),
                  std::count(values.begin() + first, values.begin() + end, *best) == 1);
      }
    }
  }
}

Date day(std::string_view text) { return Date::parse(text).value(); }

Transaction spend(std::string_view date, std::string_view scene, std::string_view subscene,
                  std::int64_t minor) {
  return {.date = day(date),
          .pair = default_catalogue().find_pair(scene, subscene).value(),
          .amount = Money::from_minor(minor),
          .description = {}};
}

std::vector<Transaction> told() {
  return {spend("2024-01-31", "Dining", "Coffee", 100),  spend("2024-01-31", "Dining", "BBQ", 200),
          spend("2024-02-01", "Medical", "Dental", 400), spend("2024-02-29", "Dining", "Coffee", 800),
          spend("2024-02-29", "Dining", "Coffee", 1600), spend("2025-02-01", "Other", "Pet", 3200)};
}

Totals totals(std::int64_t minor, std::uint32_t count) {
  return {.sum = Money::from_minor(minor), .count = count};
}

TEST(Ledger, AddsUpByDateSceneAndSubscene) {
  const Catalogue& catalogue = default_catalogue();
  const std::vector<Transaction> transactions = told();
  const Ledger ledger(transactions, catalogue);
  EXPECT_EQ(ledger.size(), 6u);
  EXPECT_EQ(ledger.dates().size(), 4u);
  EXPECT_EQ(ledger.all().totals(ledger.all_dates()), totals(6300, 6));
  const IndexSpan february = ledger.dates_in({day("2024-02-01"), day("2024-02-29")});
  EXPECT_EQ(february, (IndexSpan{1, 3}));
  EXPECT_EQ(ledger.all().totals(february), totals(2800, 3));
  const Series& dining = ledger.of(*catalogue.find_scene("Dining"));
  EXPECT_EQ(dining.totals(ledger.all_dates()), totals(2700, 4));
  EXPECT_EQ(dining.totals(february), totals(2400, 2));
  EXPECT_EQ(ledger.of(*catalogue.find_pair("Dining", "Coffee")).totals({0, 1}), totals(100, 1));
  EXPECT_EQ(ledger.of(*catalogue.find_scene("Education")).totals(ledger.all_dates()), totals(0, 0));
  EXPECT_TRUE(std::ranges::equal(dining.places(february), std::vector<std::uint32_t>{3, 4}));
}

TEST(Ledger, KnowsTheExtremesOfADate) {
  const std::vector<Transaction> transactions = told();
  const Ledger ledger(transactions, default_catalogue());
  const Series& dining = ledger.of(*default_catalogue().find_scene("Dining"));
  const auto values = [&](DateValue value) {
    std::vector<std::int64_t> row;
    for (std::uint32_t i = 0; i < 4; ++i) row.push_back(dining.maxima(value)[i]);
    return row;
  };
  EXPECT_EQ(values(DateValue::count), (std::vector<std::int64_t>{2, kNothing, 2, kNothing}));
  EXPECT_EQ(values(DateValue::sum), (std::vector<std::int64_t>{300, kNothing, 2400, kNothing}));
  EXPECT_EQ(values(DateValue::largest), (std::vector<std::int64_t>{200, kNothing, 1600, kNothing}));
  EXPECT_EQ(values(DateValue::smallest), (std::vector<std::int64_t>{-100, kNothing, -800, kNothing}));
}

TEST(Ledger, StartsAMonthWhereMonthOrYearChange) {
  const std::vector<Transaction> transactions = told();
  const Ledger ledger(transactions, default_catalogue());
  EXPECT_TRUE(std::ranges::equal(ledger.month_starts(), std::vector<std::uint32_t>{0, 1, 3, 4}));
}

TEST(Ledger, OfNothingAddsUpToNothing) {
  const Ledger ledger({}, default_catalogue());
  EXPECT_TRUE(ledger.all_dates().empty());
  EXPECT_TRUE(ledger.dates_in({day("2024-01-01"), day("2024-12-31")}).empty());
  EXPECT_EQ(ledger.all().totals(ledger.all_dates()), Totals{});
  EXPECT_TRUE(std::ranges::equal(ledger.month_starts(), std::vector<std::uint32_t>{0}));
}

TEST(Ledger, PutsDatesInOrderAndRemembersTheIndexes) {
  std::vector<Transaction> transactions = told();
  std::swap(transactions[0], transactions[5]);
  const Ledger ledger(transactions, default_catalogue());
  EXPECT_FALSE(ledger.in_order());
  std::vector<std::uint32_t> indexes;
  for (const std::uint32_t place : ledger.all().places(ledger.all_dates()))
    indexes.push_back(ledger.index_of(place));
  EXPECT_EQ(indexes, (std::vector<std::uint32_t>{1, 5, 2, 3, 4, 0}));
}

TEST(Ledger, StaysWholeWhenMoved) {
  const std::vector<Transaction> transactions = told();
  Ledger first(transactions, default_catalogue());
  first.all();
  const Ledger moved = std::move(first);
  EXPECT_EQ(moved.all().maxima(DateValue::largest)[3], 3200);
}

TEST(Ledger, SaysWhatIsTooMuchToCount) {
  std::vector<Transaction> transactions(92, spend("2024-01-01", "Other", "Pet", 99'999'999'999'999'999));
  EXPECT_TRUE(Ledger::fits(transactions));
  transactions.push_back(transactions[0]);
  transactions.back().amount = Money::from_minor(-99'999'999'999'999'999);
  EXPECT_FALSE(Ledger::fits(transactions));
  EXPECT_THROW(Ledger(transactions, default_catalogue()), BrokenInvariant);
  transactions = {spend("2024-01-01", "Other", "Pet", INT64_MIN)};
  EXPECT_FALSE(Ledger::fits(transactions));
}

TEST(Ledger, TakesOnlyPairsOfTheCatalogue) {
  std::vector<Transaction> transactions = told();
  transactions[2].pair = static_cast<PairId>(default_catalogue().pairs.size());
  EXPECT_THROW(Ledger(transactions, default_catalogue()), BrokenInvariant);
}

}  // namespace
}  // namespace synthv1
