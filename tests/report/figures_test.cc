// SPDX-License-Identifier: Apache-2.0
// Quantiles, text variety, intervals.
#include "synthv1/report/distribution.h"
#include "synthv1/report/proportion.h"
#include "synthv1/report/text_units.h"
#include "synthv1/report/text_variety.h"

#include <array>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

namespace synthv1::test {
namespace {

using testing::ElementsAre;

std::vector<std::uint64_t> units(std::string_view text) {
  std::vector<std::uint64_t> read;
  read_units(text, read);
  return read;
}

VarietyFigures variety_of(std::initializer_list<std::string_view> texts) {
  TextVariety variety;
  for (const std::string_view text : texts) variety.add(text);
  return variety.finish();
}

TEST(Distribution, QuantilesAreNumbersThatCame) {
  Distribution tally;
  for (int i = 1; i <= 100; ++i) tally.add(i * i);
  const Quantiles quantiles = tally.quantiles();
  EXPECT_EQ(quantiles.least, 1);
  EXPECT_EQ(quantiles.p10, 100);
  EXPECT_EQ(quantiles.median, 2500);
  EXPECT_EQ(quantiles.p99, 9801);
  EXPECT_EQ(quantiles.most, 10000);
  EXPECT_DOUBLE_EQ(quantiles.mean, 3383.5);
}

TEST(Distribution, OfOneAndOfNone) {
  Distribution tally;
  EXPECT_EQ(tally.quantiles().count, 0U);
  EXPECT_TRUE(tally.bins(doubling_edges()).empty());
  tally.add(-3);
  EXPECT_EQ(tally.quantiles().p10, -3);
  EXPECT_EQ(tally.quantiles().p99, -3);
}

TEST(Distribution, BinsBeginAtTheirEdges) {
  Distribution tally;
  for (const int value : {0, 1, 2, 3, 4, 7, 8}) tally.add(value);
  std::vector<std::uint64_t> counts;
  for (const Bin& bin : tally.bins(doubling_edges())) counts.push_back(bin.count);
  EXPECT_THAT(counts, ElementsAre(1, 1, 2, 2, 1));
}

TEST(Distribution, TheLastBinHoldsAllThatIsLarger) {
  Distribution tally;
  const std::array<std::int64_t, 2> edges = {0, 10};
  for (const int value : {3, 10, 500}) tally.add(value);
  const std::vector<Bin> bins = tally.bins(edges);
  ASSERT_EQ(bins.size(), 2U);
  EXPECT_EQ(bins[1].count, 2U);
  EXPECT_EQ(bins[1].to, 501);
}

TEST(TextUnits, AreWordsAndChineseCharacters) {
  EXPECT_EQ(units("Don't stop, DON'T stop!").size(), 4U);
  EXPECT_EQ(units("Lunch LUNCH lunch")[0], units("Lunch LUNCH lunch")[2]);
  EXPECT_EQ(units("今天午饭").size(), 4U);
  EXPECT_EQ(units("在KTV花了").size(), 4U);
  EXPECT_EQ(units("déjà vu").size(), 2U);
  EXPECT_TRUE(units("，。！ … “”").empty());
}

TEST(TextUnits, NumbersAreAlike) {
  EXPECT_EQ(units("45.50"), units("1,234"));
  EXPECT_EQ(units("４５．５０").front(), units("7").front());
  EXPECT_EQ(units("45.50 yuan, 3.").size(), 3U);
  EXPECT_EQ(units("午饭45.50元"), units("午饭7元"));
}

TEST(TextVariety, CountsDistinctRunsOfWordsWithinATurn) {
  const VarietyFigures figures = variety_of({"a b a b", "a b"});
  EXPECT_THAT(figures.grams, ElementsAre(6, 4, 2, 1));
  EXPECT_THAT(figures.distinct, ElementsAre(2, 2, 2, 1));
}

TEST(TextVariety, CountsRepeats) {
  const VarietyFigures figures = variety_of({"Noted: 5.", "Noted: 5.", "Noted: 6.", "noted 7"});
  EXPECT_EQ(figures.repeats, 1U);
  EXPECT_EQ(figures.repeats_but_for_numbers, 3U);
}

TEST(TextVariety, CompressesAsGzipDoes) {
  std::string all;
  TextVariety variety;
  for (int i = 0; i < 5000; ++i) {
    const std::string text = "I paid " + std::to_string(i * 7919 % 1000) + " for lunch today.";
    variety.add(text);
    all += text + "\n";
  }
  const VarietyFigures figures = variety.finish();
  EXPECT_EQ(figures.bytes, all.size());
  uLongf size = compressBound(all.size());
  std::string packed(size, '\0');
  compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(all.data()),
            all.size(), 6);
  EXPECT_NEAR(static_cast<double>(figures.gzip_bytes), static_cast<double>(size), 32);  // headers differ
  EXPECT_GT(figures.compression(), 5);
}

TEST(TextVariety, MeasuresTheFirstMillionWords) {
  TextVariety variety;
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "word ";
  for (int i = 0; i < 12; ++i) variety.add(text);
  EXPECT_EQ(variety.finish().words, TextVariety::kMostWords);
}

TEST(Proportion, HasWilsonsInterval) {
  const Interval some = Proportion{100, 60}.interval();
  EXPECT_NEAR(some.low, 0.50200, 1e-5);
  EXPECT_NEAR(some.high, 0.69060, 1e-5);
  const Interval none = Proportion{10, 0}.interval();
  EXPECT_EQ(none.low, 0);
  EXPECT_NEAR(none.high, 0.27753, 1e-5);
  const Interval all = Proportion{10, 10}.interval();
  EXPECT_NEAR(all.low, 0.72247, 1e-5);
  EXPECT_EQ(all.high, 1);
}

TEST(Proportion, OfNothingSaysNothing) {
  EXPECT_EQ(Proportion{}.interval().low, 0);
  EXPECT_EQ(Proportion{}.interval().high, 1);
}

}  // namespace
}  // namespace synthv1::test
