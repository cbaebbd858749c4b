// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/wait_time.h"

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::sys_seconds;

/// Sunday, 1994-11-06 08:49:37 UTC: the example of RFC 9110.
constexpr sys_seconds kDay{784111777s};

net::HttpResponse response(std::vector<net::Header> headers) {
  return {.status = 429, .headers = std::move(headers), .body = {}};
}

TEST(HeaderDate, ReadsAllForms) {
  for (const char* text :
       {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        "1994-11-06T08:49:37Z", "1994-11-06T08:49:37.250Z", "1994-11-06T16:49:37+08:00",
        "1994-11-06T03:19:37-05:30", " Sun, 06 Nov 1994 08:49:37 GMT "}) {
    EXPECT_EQ(parse_header_date(text), kDay) << text;
  }
}

TEST(HeaderDate, RefusesWhatIsNone) {
  for (const char* text : {"", "soon", "Sun, 06 Nov 1994", "Sun, 31 Feb 1994 08:49:37 GMT", "1994-11-06",
                           "Sun", "1994-11-06T08:49:37", "1994-11-06T25:49:37Z", "1994-13-06T08:49:37Z",
                           ",,,,", "Sun, 06 Nov 1994 99:99:99 GMT", "06 06 06 06 06 06 06 06 06 06"}) {
    EXPECT_EQ(parse_header_date(text), std::nullopt) << text;
  }
}

TEST(Wait, T4RefusesNonsense) {
  for (const char* text :
       {"", "0", "-1", "NaN", "nan", "inf", "1e999", "1e300", "soon", "0s", "-5s", "5x", "ms", "1h-3m",
        "999999h", "Sun, 06 Nov 1994 08:49:37 GMT", "99999999999999999999", "2 3"}) {
    EXPECT_EQ(parse_wait(text, kDay), std::nullopt) << text;
  }
}

TEST(Wait, T7ReadsEveryForm) {
  const std::vector<std::pair<const char*, milliseconds>> rows = {
      {"2", 2s},
      {" 2 ", 2s},
      {"0.25", 250ms},
      {"6m0s", 360s},
      {"500ms", 500ms},
      {"2m59.56s", 179'560ms},
      {"1h30m0s", 5400s},
      {"12", 12s},
      {"7.66s", 7660ms},
      {"250µs", 1ms},
      {"Sun, 06 Nov 1994 08:49:40 GMT", 3s},
      {"1994-11-06T08:50:37Z", 60s},
      {"86400", 24h},
  };
  for (const auto& [text, wait] : rows) EXPECT_EQ(parse_wait(text, kDay), wait) << text;
}

TEST(Wait, T7ReadsTimesSince1970) {
  constexpr sys_seconds now{1'700'000'000s};
  EXPECT_EQ(parse_wait("1700000005", now), 5s);
  EXPECT_EQ(parse_wait("1700000005250", now), 5250ms);
  EXPECT_EQ(parse_wait("1600000000", now), std::nullopt);
}

TEST(WaitAsked, T2MillisecondsWin) {
  EXPECT_EQ(wait_asked(response({{"retry-after-ms", "250"}, {"Retry-After", "30"}}), kDay), 250ms);
  EXPECT_EQ(wait_asked(response({{"retry-after-ms", "soon"}, {"Retry-After", "30"}}), kDay), 30s);
  EXPECT_EQ(wait_asked(response({{"retry-after-ms", "-250"}, {"Retry-After", "30"}}), kDay), 30s);
}

TEST(WaitAsked, T3CountsFromTheResponsesDate) {
  const auto skewed = kDay + 3h;
  EXPECT_EQ(wait_asked(response({{"Date", "Sun, 06 Nov 1994 08:49:37 GMT"},
                                 {"Retry-After", "Sun, 06 Nov 1994 08:49:40 GMT"}}),
                       skewed),
            3s);
  EXPECT_EQ(wait_asked(response({{"Retry-After", "Sun, 06 Nov 1994 08:49:40 GMT"}}), kDay), 3s);
}

TEST(WaitAsked, T7TakesTheLongerBudget) {
  EXPECT_EQ(wait_asked(response({{"x-ratelimit-reset-requests", "1s"}, {"x-ratelimit-reset-tokens", "6m0s"}}),
                       kDay),
            360s);
  EXPECT_EQ(wait_asked(response({{"x-ratelimit-reset-requests", "0s"}}), kDay), std::nullopt);
  EXPECT_EQ(wait_asked(response({}), kDay), std::nullopt);
}

TEST(QuotaPause, T8HoldsWhileTheQuotaIsUsedUp) {
  const auto pause = [](const char* remaining, const char* reset) {
    return quota_pause(
        response({{"x-ratelimit-remaining-requests", remaining}, {"x-ratelimit-reset-requests", reset}}),
        kDay);
  };
  EXPECT_EQ(pause("0", "1s"), 1s);
  EXPECT_EQ(pause("0", "6m0s"), 10s);
  EXPECT_EQ(pause("0", "soon"), std::nullopt);
  EXPECT_EQ(pause("1", "1s"), std::nullopt);
  EXPECT_EQ(quota_pause(response({}), kDay), std::nullopt);
}

}  // namespace
}  // namespace synthv1
