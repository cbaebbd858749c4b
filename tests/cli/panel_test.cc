// SPDX-License-Identifier: Apache-2.0
#include "cli/panel.h"

#include "cli/quantities.h"
#include "synthv1/base/display_width.h"
#include "tests/cli/run_status.h"

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using namespace std::chrono_literals;
using cli::panel_lines;
using cli::status_line;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Quantities, AreShort) {
  EXPECT_EQ(cli::duration_text(0), "0:00");
  EXPECT_EQ(cli::duration_text(61.6), "1:02");
  EXPECT_EQ(cli::duration_text(36'000), "10:00:00");
  EXPECT_EQ(cli::rate_text(12.34), "12.3/s");
  EXPECT_EQ(cli::rate_text(0.1), "6.0/min");
  EXPECT_EQ(cli::rate_text(0.001), "3.6/h");
  EXPECT_EQ(cli::count_text(std::int64_t{0}), "0");
  EXPECT_EQ(cli::count_text(std::int64_t{999}), "999");
  EXPECT_EQ(cli::count_text(std::int64_t{1'234'567}), "1,234,567");
}

TEST(Panel, ShowsAllThatIsKnown) {
  EXPECT_THAT(
      panel_lines(busy_status(), 200),
      ElementsAre("records     [########................]  33%  4/12  1.2/min",
                  "sessions    [##########..............]  42%  504/1,200  2.5/s",
                  "paraphrases [........................]   0%  0/120", "time        1:02:03, 45:12 left",
                  "calls       56 in flight of 64, 120 waiting, held for 12 s",
                  "tokens      1,235/s, 1,234,567 in, 98,765 out",
                  "replies     520 accepted, 231 out of the journal",
                  "cost        3.2100, 16.79, 5,000 tokens left",
                  "retries     138: 429 100, faulty 20, 慢 10, 500 5 and 2 other kinds",
                  "last fault  http://x/v1: 429: 请慢一点 😀 slow down"));
}

TEST(Panel, LeavesOutWhatIsNot) {
  RunStatus status;
  status.records.total = status.sessions.total = 5;
  EXPECT_THAT(panel_lines(status, 200),
              ElementsAre(StartsWith("records "), StartsWith("sessions "), "time        0:00"));
  EXPECT_THAT(status_line(status), Not(HasSubstr("in flight")));
  status.limit = 8;
  EXPECT_THAT(panel_lines(status, 200), Contains("calls       0 in flight of 8"));
}

TEST(Panel, NoLineIsWiderThanAsked) {
  for (std::size_t width = 1; width <= 200; ++width) {
    for (const std::string& line : panel_lines(busy_status(), width)) {
      EXPECT_LE(display_width(line), width) << line;
      EXPECT_TRUE(line.find('\n') == std::string::npos) << line;
    }
  }
}

TEST(Panel, NarrowTerminalsGetNumbersInsteadOfBars) {
  EXPECT_THAT(panel_lines(busy_status(), 30), Contains("sessions    504/1,200  2.5/s"));
}

TEST(Panel, SaysThatItStops) {
  RunStatus status = busy_status();
  status.stage = RunStage::stopping;
  EXPECT_THAT(panel_lines(status, 100), Contains("time        1:02:03, stopping: no new calls"));
}

TEST(StatusLine, IsOneLine) {
  const std::string line = status_line(busy_status());
  EXPECT_THAT(line, StartsWith("records 4/12; sessions 504/1200; paraphrases 0/120; 1,235 tokens/s; 56 in"));
  EXPECT_THAT(line, HasSubstr("; retries 138: 429 100"));
  EXPECT_THAT(line, HasSubstr("; time 1:02:03, 45:12 left"));
  EXPECT_THAT(line, Not(HasSubstr("\n")));
}

}  // namespace
}  // namespace synthv1::test
