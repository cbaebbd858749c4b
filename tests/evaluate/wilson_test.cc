// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/wilson.h"

#include "synthv1/base/error.h"

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

struct Known {
  std::uint64_t correct, of;
  double low, high;
};

/// The worked examples of R. G. Newcombe, "Two-sided confidence intervals for the single proportion" (1998).
TEST(Wilson, KnownAnswers) {
  for (const Known& known :
       {Known{81, 263, 0.2553, 0.3662}, Known{15, 148, 0.0624, 0.1605}, Known{0, 20, 0, 0.1611},
        Known{1, 29, 0.0061, 0.1718}, Known{5, 10, 0.2366, 0.7634}, Known{10, 10, 0.7225, 1}}) {
    const Interval interval = wilson95(known.correct, known.of);
    EXPECT_NEAR(interval.low, known.low, 1e-4) << known.correct << " of " << known.of;
    EXPECT_NEAR(interval.high, known.high, 1e-4) << known.correct << " of " << known.of;
  }
}

TEST(Wilson, OfNothingAllIsPossible) {
  EXPECT_EQ(wilson95(0, 0).low, 0);
  EXPECT_EQ(wilson95(0, 0).high, 1);
}

TEST(Wilson, StaysWithinZeroAndOneAndHoldsTheShare) {
  for (std::uint64_t of = 1; of <= 200; ++of) {
    for (std::uint64_t correct = 0; correct <= of; ++correct) {
      const Interval interval = wilson95(correct, of);
      const double share = static_cast<double>(correct) / static_cast<double>(of);
      ASSERT_LE(0, interval.low);
      ASSERT_LE(interval.low, share);
      ASSERT_LE(share, interval.high);
      ASSERT_LE(interval.high, 1);
    }
  }
}

TEST(Wilson, MoreRightThanAskedIsABug) { EXPECT_THROW(wilson95(2, 1), BrokenInvariant); }

}  // namespace
}  // namespace synthv1
