// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal_progress.h"

#include "tests/cli/pseudo_terminal.h"
#include "tests/cli/run_status.h"
#include "tests/cli/small_terminal.h"

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using namespace std::chrono_literals;
using cli::TerminalProgress;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

std::size_t count_of(std::string_view text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

/// A progress on a terminal of some size, at a time of our own.
class TerminalProgressTest : public testing::Test {
 protected:
  using Mode = TerminalProgress::Mode;

  void open(Mode mode, unsigned short columns, unsigned short rows) {
    progress_.reset();
    terminal_ = std::make_unique<PseudoTerminal>(columns, rows);
    progress_ = std::make_unique<TerminalProgress>(mode, terminal_->file(), [this] { return now_; });
    progress_->begin({.records = 12, .sessions = 1200, .paraphrases = 120});
    pass(5s);
  }
  void pass(std::chrono::milliseconds time) { now_ += time; }
  void show() {
    progress_->status(busy_status());
    pass(200ms);
  }
  /// What is on a screen of that size after all that was written.
  SmallTerminal screen(std::size_t columns, std::size_t rows) {
    SmallTerminal screen(columns, rows);
    screen.feed(bytes_ = terminal_->take());
    EXPECT_EQ(screen.unknown(), 0u);
    return screen;
  }

  TerminalProgress::Clock::time_point now_{};
  std::unique_ptr<PseudoTerminal> terminal_;
  std::unique_ptr<TerminalProgress> progress_;
  std::string bytes_;
};

TEST_F(TerminalProgressTest, ThePanelFitsAnyTerminal) {
  for (const unsigned short columns : std::vector<unsigned short>{1, 2, 19, 20, 40, 59, 60, 61, 80, 200}) {
    open(Mode::bars, columns, 24);
    for (int i = 0; i < 3; ++i) show();
    const SmallTerminal seen = screen(columns, 24);
    EXPECT_EQ(seen.overflowed(), 0u) << columns;
    if (columns > 20) {
      EXPECT_THAT(seen.lines(), SizeIs(10)) << columns;
      EXPECT_THAT(seen.lines().front(), StartsWith("records"));
    }
  }
}

TEST_F(TerminalProgressTest, ALowTerminalShowsTheFirstLines) {
  open(Mode::bars, 100, 4);
  for (int i = 0; i < 5; ++i) show();
  EXPECT_THAT(screen(100, 4).lines(),
              ElementsAre(StartsWith("records"), StartsWith("sessions"), StartsWith("paraphrases")));
}

TEST_F(TerminalProgressTest, NotesStayAboveAndThePanelIsWipedAtTheEnd) {
  open(Mode::bars, 100, 30);
  progress_->note("first");
  show();
  progress_->note("second");
  show();
  progress_->note("third");
  progress_->wipe();
  std::fputs("summary\n", terminal_->file());
  EXPECT_THAT(screen(100, 30).lines(), ElementsAre("first", "second", "third", "summary"));
}

TEST_F(TerminalProgressTest, ANoteLeavesThePanelStanding) {
  open(Mode::bars, 100, 30);
  show();
  progress_->note("hello");
  const std::vector<std::string> lines = screen(100, 30).lines();
  EXPECT_THAT(lines, SizeIs(11));
  EXPECT_EQ(lines.front(), "hello");
  EXPECT_THAT(lines.back(), StartsWith("last fault"));
}

TEST_F(TerminalProgressTest, FollowsTheSizeOfTheTerminal) {
  open(Mode::bars, 100, 30);
  show();
  terminal_->resize(30, 30);
  show();
  show();
  // This screen was as narrow all the time; what was too long for it was cut, not wrapped.
  const std::vector<std::string> lines = screen(30, 60).lines();
  EXPECT_THAT(lines, Contains("sessions    504/1,200  2.5/s"));
  EXPECT_THAT(lines.back(), StartsWith("last fault"));
}

TEST_F(TerminalProgressTest, IsRedrawnAtMostTenTimesASecond) {
  open(Mode::bars, 100, 30);
  for (int i = 0; i < 1000; ++i) {
    progress_->status(busy_status());
    progress_->sessions_done(1);
    pass(10ms);
  }
  screen(100, 30);
  // Fewer where nobody reads as fast as we draw.
  EXPECT_LE(count_of(bytes_, "last fault"), 100u);
  EXPECT_GE(count_of(bytes_, "last fault"), 2u);
  EXPECT_EQ(count_of(bytes_, "\x1b[?25l"), 0u) << "the cursor is not hidden";
}

TEST_F(TerminalProgressTest, ShowsNothingOfAShortRun) {
  open(Mode::bars, 100, 30);
  progress_->begin({.records = 1, .sessions = 1});
  show();
  progress_->wipe();
  EXPECT_THAT(terminal_->take(), IsEmpty());
}

TEST_F(TerminalProgressTest, HeldOutputHoldsNothingBack) {
  open(Mode::bars, 100, 30);
  show();
  terminal_->hold_output(true);
  for (int i = 0; i < 10; ++i) show();
  terminal_->hold_output(false);
  show();
  EXPECT_THAT(screen(100, 30).lines(), SizeIs(10));
  EXPECT_EQ(count_of(bytes_, "last fault"), 2u);
}

TEST_F(TerminalProgressTest, ElsewhereAPlainLineInFiveSeconds) {
  open(Mode::lines, 100, 30);
  for (int i = 0; i < 100; ++i) show();
  const std::vector<std::string> lines = screen(1000, 30).lines();
  EXPECT_THAT(lines, SizeIs(4));
  EXPECT_THAT(bytes_, Not(HasSubstr("\x1b")));
  EXPECT_THAT(lines.front(), StartsWith("records 4/12; sessions 504/1200"));
}

TEST_F(TerminalProgressTest, SilentIsSilent) {
  open(Mode::silent, 100, 30);
  show();
  progress_->note("hello");
  progress_->record_done({});
  progress_->wipe();
  EXPECT_THAT(terminal_->take(), IsEmpty());
}

TEST_F(TerminalProgressTest, WithoutAStatusThereAreTheBars) {
  open(Mode::bars, 100, 30);
  progress_->sessions_done(600);
  pass(1s);
  progress_->record_done({});
  EXPECT_THAT(
      screen(100, 30).lines(),
      ElementsAre(AllOf(StartsWith("records     [##....."), HasSubstr("] "), HasSubstr("8%  1/12  0.2/s")),
                  StartsWith("sessions    [############............]  50%  600/1200  100.0/s  0:06 left")));
}

}  // namespace
}  // namespace synthv1::test
