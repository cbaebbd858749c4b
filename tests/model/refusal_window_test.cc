// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/refusal_window.h"

#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

using namespace std::chrono_literals;

TEST(RefusalWindow, CountsByTheOrderOfSending) {
  RefusalWindow window(100);
  for (const std::uint64_t call : {3, 9, 10}) window.refused(call, std::nullopt);
  EXPECT_EQ(window.share(1, 10, 64).calls, 10U);
  EXPECT_EQ(window.share(1, 10, 64).refusals, 3U);
  EXPECT_EQ(window.share(1, 10, 4).calls, 4U);
  EXPECT_EQ(window.share(1, 10, 4).refusals, 2U);
  EXPECT_EQ(window.share(10, 10, 64).refusals, 1U);
  EXPECT_EQ(window.share(1, 8, 64).refusals, 1U);
  EXPECT_EQ(window.share(11, 10, 64).calls, 0U);
}

TEST(RefusalWindow, NamesTheLatestTimeToComeAgain) {
  RefusalWindow window(100);
  EXPECT_FALSE(window.share(1, 5, 64).come_again);
  window.refused(1, Clock::TimePoint(9s));
  window.refused(2, Clock::TimePoint(3s));
  window.refused(3, std::nullopt);
  EXPECT_EQ(window.share(1, 3, 64).come_again, Clock::TimePoint(9s));
  EXPECT_EQ(window.share(2, 3, 64).come_again, Clock::TimePoint(3s));
}

TEST(RefusalWindow, OldRefusalsMakeRoom) {
  RefusalWindow window(8);
  for (std::uint64_t call = 1; call <= 20; ++call) window.refused(call, std::nullopt);
  EXPECT_EQ(window.share(1, 20, 8).refusals, 8U);
  EXPECT_EQ(window.share(1, 12, 8).refusals, 0U);
}

}  // namespace
}  // namespace synthv1::test
