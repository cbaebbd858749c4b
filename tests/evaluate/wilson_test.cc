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

/// Known answers, of R: prop.test(x, n, correct = FALSE).
TEST(Wilson, KnownAnswers) {
  for (const Known& known : {Known{0, 10, 0, 0.27753280}, Known{10, 10, 0.72246720, 1},
                             Known{5, 10, 0.23659309, 0.76340691}, Known{81, 263, 0.25525293, 0.36620990},
                             Known{15, 148, 0.06239083, 0.16044404}, Known{1, 29, 0.00611302, 0.17175522}}) {
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
