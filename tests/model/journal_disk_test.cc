// SPDX-License-Identifier: Apache-2.0
// Runs whose journal lies on a disk of which the N-th operation fails, for N = 0, 1, 2...
#include "synthv1/model/ask.h"
#include "synthv1/model/journal_salvage.h"
#include "synthv1/model/journaled_model.h"
#include "tests/support/failing_disk.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_clock.h"

#include <map>
#include <set>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sqlite3.h>

namespace synthv1::test {
namespace {

constexpr std::uint32_t kItems = 6;
constexpr std::size_t kMostOperations = 2000;  ///< of a run; more would be a loop

std::string content_of(std::uint32_t index) { return fmt::format("reply {}", index); }

/// Counts the calls for each item.
class CountingModel final : public ChatModel {
 public:
  explicit CountingModel(std::map<std::uint32_t, int>& calls) : calls_(calls) {}

  asio::awaitable<std::expected<ChatReply, CallError>> call(const ChatRequest& request) override {
    ++calls_[request.index];
    co_await asio::post(co_await asio::this_coro::executor, net::kAwait);
    co_return ChatReply{.content = content_of(request.index), .finish_reason = "stop", .usage = {}};
  }

 private:
  std::map<std::uint32_t, int>& calls_;
};

/// How a run ended.
struct Ended {
  std::optional<Error> error;        ///< before its first call
  std::optional<CallError> fatal;    ///< after it
  Result<void> closed;               ///< its journal
  std::set<std::uint32_t> accepted;  ///< acknowledged
  std::map<std::uint32_t, int> calls;
  std::vector<std::string> remarks;
};

class JournalDisk : public testing::Test {
 protected:
  /// Asks for the items below `items`, all at once.
  Ended run(std::uint32_t items) const {
    Ended ended;
    auto sound = open_sound_journal(path_);
    if (!sound) {
      ended.error = sound.error();
      return ended;
    }
    ended.remarks = sound->remarks;
    if (auto done = sound->file.set_meta({{"seed", "1"}}); !done) {
      ended.error = done.error();
      return ended;
    }
    asio::io_context io{1};
    auto journal = Journal::make(std::move(sound->file), path_, io.get_executor());
    if (!journal) {
      ended.error = journal.error();
      return ended;
    }
    ask_for_all(io, **journal, items, ended);
    ended.closed = (*journal)->close();
    return ended;
  }

  static void ask_for_all(asio::io_context& io, Journal& journal, std::uint32_t items, Ended& ended) {
    TestClock clock;
    RunState state(clock);
    const auto model =
        with_journal(std::make_unique<CountingModel>(ended.calls), journal,
                     {.scope = {.endpoint = "http://a/v1", .model = "m"}, .checker = "1"}, clock);
    for (std::uint32_t index = 0; index < items; ++index) {
      AskTask task{.make_request =
                       [index](const Refusals&) { return ChatRequest{.purpose = "session", .index = index}; },
                   .check_reply = [](const ChatReply&) { return std::optional<std::string>(); },
                   .will_do = [] { return true; }};
      asio::co_spawn(io, ask(*model, state, std::move(task)),
                     [&, index](const std::exception_ptr& broken, const AskOutcome& outcome) {
                       EXPECT_FALSE(broken);
                       if (outcome.end == AskEnd::accepted) ended.accepted.insert(index);
                     });
    }
    io.run();
    ended.fatal = state.fatal();
  }

  /// The items that a run would find, on a sound disk.
  std::set<std::uint32_t> kept() const {
    std::set<std::uint32_t> found;
    auto sound = open_sound_journal(path_);
    EXPECT_TRUE(sound) << sound.error().message;
    if (!sound) return found;
    sound->file.read({.reply = [&](const KeptRow& row) {
      EXPECT_EQ(row.reply.reply.content, content_of(row.reply.index));
      found.insert(row.reply.index);
    }});
    return found;
  }

  void expect_nothing_lost(const Ended& ended) const {
    const std::set<std::uint32_t> found = kept();
    for (const std::uint32_t index : ended.accepted) EXPECT_TRUE(found.contains(index)) << index;
  }

  static void expect_said_why(const Ended& ended) {
    if (ended.error) {
      EXPECT_EQ(ended.error->kind, ErrorKind::disk) << ended.error->message;
    }
    if (ended.fatal) {
      EXPECT_EQ(ended.fatal->label, kJournalFailed);
      EXPECT_FALSE(ended.closed);
    }
    const bool whole = !ended.error && !ended.fatal && ended.closed;
    if (whole) {
      EXPECT_EQ(ended.accepted.size(), kItems) << "what went unsaid did no harm";
    }
  }

  /// On a sound disk it comes to its end, and nothing that was acknowledged is asked again.
  void expect_goes_on(const Ended& failed) const {
    const Ended ended = run(kItems);
    EXPECT_FALSE(ended.error) << ended.error->message;
    EXPECT_EQ(ended.accepted.size(), kItems);
    for (const std::uint32_t index : failed.accepted) EXPECT_FALSE(ended.calls.contains(index)) << index;
    EXPECT_EQ(kept().size(), kItems);
  }

  void begin_anew(std::uint32_t items_before) const {
    for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(path_ + part);
    if (items_before > 0) {
      EXPECT_EQ(run(items_before).accepted.size(), items_before);
    }
  }

  /// Lets every operation fail, one after the other.
  void fail_each(FailingDisk::Fault fault, std::uint32_t items_before) {
    FailingDisk disk;
    for (fault.at = 0; fault.at < kMostOperations; ++fault.at) {
      SCOPED_TRACE(fmt::format("operation {} of a run after {} items", fault.at, items_before));
      disk.set({});
      begin_anew(items_before);
      disk.set(fault);
      const Ended ended = run(kItems);
      const bool failed = disk.has_failed();
      const std::size_t written_later = disk.later(DiskStep::write) + disk.later(DiskStep::sync);
      disk.set({});
      if (!failed) break;
      expect_said_why(ended);
      if (ended.fatal) {
        EXPECT_EQ(written_later, 0U) << "what a disk holds that failed once is not known";
      }
      expect_nothing_lost(ended);
      expect_goes_on(ended);
      if (HasFailure()) return;
    }
    EXPECT_GT(fault.at, 10U);
    EXPECT_LT(fault.at, kMostOperations);
  }

  TemporaryFolder folder_{TemporaryFolder::Place::memory};
  std::string path_ = folder_.path("x.journal");
};

TEST_F(JournalDisk, T90AnyOperationThatFailsOnceLosesNothingAcknowledged) {
  fail_each({.code = SQLITE_IOERR_WRITE}, 0);
  fail_each({.code = SQLITE_IOERR_WRITE}, 3);
}

TEST_F(JournalDisk, T90AFullDiskLosesNothingAcknowledged) {
  const auto grows = [](DiskStep step) { return step == DiskStep::write; };
  fail_each({.for_good = true, .code = SQLITE_FULL, .concerns = grows}, 0);
  fail_each({.for_good = true, .code = SQLITE_FULL, .concerns = grows}, 3);
}

TEST_F(JournalDisk, T90AfterAFailedSyncNothingIsWritten) {
  FailingDisk disk;
  const auto syncs = [](DiskStep step) { return step == DiskStep::sync; };
  std::size_t ended_by_sync = 0;
  for (std::size_t at = 0;; ++at) {
    disk.set({});
    begin_anew(3);
    disk.set({.at = at, .code = SQLITE_IOERR_FSYNC, .concerns = syncs});
    const Ended ended = run(kItems);
    if (!disk.has_failed()) break;
    const std::size_t later = disk.later(DiskStep::write) + disk.later(DiskStep::sync);
    if (ended.fatal) {
      ++ended_by_sync;
      EXPECT_EQ(later, 0U) << "sync " << at;
      EXPECT_THAT(ended.fatal->message, testing::HasSubstr("x.journal: disk I/O error"));
    }
    disk.set({});
    expect_nothing_lost(ended);
  }
  EXPECT_GE(ended_by_sync, 1U);
}

}  // namespace
}  // namespace synthv1::test
