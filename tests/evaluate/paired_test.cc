// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/paired.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

/// In the order of the tables of the literature: both, the first alone, the second alone, neither; their
/// difference is the first less the second.
PairedCounts table(std::uint64_t both, std::uint64_t first, std::uint64_t second, std::uint64_t neither) {
  return {.both = both, .only_base = second, .only_run = first, .neither = neither};
}

struct Known {
  PairedCounts counts;
  double low, high;
};

TEST(Paired, IntervalsOfTheLiterature) {
  // Newcombe (1998), method 10; complete response (Cavo, 2012) in Fagerland, Lydersen and Laake, "Statistical
  // analysis of contingency tables" (2017), chapter 8.
  for (const Known& known :
       {Known{table(20, 12, 2, 16), 0.0562, 0.3292}, Known{table(59, 6, 16, 80), -0.1186, -0.0046}}) {
    const Interval interval = difference95(known.counts);
    EXPECT_NEAR(interval.low, known.low, 5e-5);
    EXPECT_NEAR(interval.high, known.high, 5e-5);
  }
}

TEST(Paired, ProbabilitiesOfTheLiterature) {
  EXPECT_NEAR(mcnemar_p(table(59, 6, 16, 80)), 0.052479, 5e-7);      // exact: Fagerland et al., as above
  EXPECT_NEAR(mcnemar_p(table(794, 150, 86, 570)), 4.115e-5, 5e-9);  // Agresti (1990), p. 350: 16.818
  EXPECT_NEAR(mcnemar_p(table(101, 59, 121, 33)), 5.45e-6, 5e-9);    // chi-square 20.672222
}

/// By the definition: all ways of the discordant questions, each with its own probability.
double summed_ways(std::uint64_t first, std::uint64_t second) {
  const std::uint64_t all = first + second, seen = std::max(first, second) - std::min(first, second);
  double sum = 0;
  for (std::uint64_t i = 0; i <= all; ++i) {
    const std::uint64_t apart = std::max(i, all - i) - std::min(i, all - i);
    const double n = static_cast<double>(all), k = static_cast<double>(i);
    if (apart >= seen)
      sum += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) - n * std::log(2.0));
  }
  return sum;
}

TEST(Paired, ExactBelowTheBorderAndNearToItAbove) {
  for (std::uint64_t all = 0; all < 200; ++all) {
    for (std::uint64_t first = 0; first <= all; ++first) {
      const double expected = summed_ways(first, all - first);
      const double found = mcnemar_p(table(7, first, all - first, 9));
      ASSERT_NEAR(found, expected, all < kLeastForChiSquare ? 1e-12 : 0.01) << first << " of " << all;
    }
  }
}

TEST(Paired, WithoutDisagreementNothingSpeaksForADifference) {
  EXPECT_EQ(mcnemar_p(table(10, 0, 0, 10)), 1);
  EXPECT_EQ(mcnemar_p(table(0, 50, 50, 0)), 1);
  const Interval interval = difference95(table(10, 0, 0, 10));
  EXPECT_NEAR(interval.low, -interval.high, 1e-12);
  EXPECT_EQ(difference95({}).low, -1);
  EXPECT_EQ(difference95({}).high, 1);
  EXPECT_EQ(PairedCounts().difference(), 0);
}

TEST(Paired, AllSmallTablesHoldTheirDifferenceAndTurnAround) {
  constexpr std::uint64_t kMost = 7;
  for (std::uint64_t code = 1; code < (kMost + 1) * (kMost + 1) * (kMost + 1) * (kMost + 1); ++code) {
    const auto digit = [&](std::uint64_t place) { return code / place % (kMost + 1); };
    const std::uint64_t both = digit(1), first = digit(8), second = digit(64), neither = digit(512);
    const PairedCounts counts = table(both, first, second, neither);
    const Interval interval = difference95(counts),
                   turned = difference95(table(both, second, first, neither));
    ASSERT_LE(-1, interval.low);
    ASSERT_LE(interval.low, counts.difference() + 1e-12);
    ASSERT_LE(counts.difference(), interval.high + 1e-12);
    ASSERT_LE(interval.high, 1);
    ASSERT_NEAR(interval.low, -turned.high, 1e-12);
    ASSERT_EQ(mcnemar_p(counts), mcnemar_p(table(both, second, first, neither)));
  }
}

TEST(Paired, CountsEachQuestionOnce) {
  PairedCounts counts;
  counts.add(true, true);
  counts.add(true, false);
  counts.add(true, false);
  counts.add(false, true);
  for (int i = 0; i < 4; ++i) counts.add(false, false);
  EXPECT_EQ(counts.both, 1);
  EXPECT_EQ(counts.only_base, 2);
  EXPECT_EQ(counts.only_run, 1);
  EXPECT_EQ(counts.neither, 4);
  EXPECT_EQ(counts.discordant(), 3);
  EXPECT_DOUBLE_EQ(counts.difference(), -1.0 / 8);
}

}  // namespace
}  // namespace synthv1
