// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/journal.h"

#include "synthv1/base/sqlite.h"
#include "synthv1/model/reply_key.h"
#include "tests/model/kept_replies.h"
#include "tests/support/run_coroutine.h"
#include "tests/support/temporary_folder.h"

#include <set>

#include <boost/asio/detached.hpp>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

class JournalTest : public testing::Test {
 protected:
  JournalTest() { begin(); }

  void begin() {
    journal_.reset();
    journal_ = Journal::make(JournalFile::open(path()).value(), path(), io_.get_executor()).value();
  }
  std::string path() const { return folder_.path("x.journal"); }
  Result<void> keep(int number) { return run_coroutine(io_, journal_->keep(kept_reply(number))); }
  std::int64_t durable() const { return JournalFile::open_to_read(path()).value().count_replies().value(); }

  TemporaryFolder folder_;
  boost::asio::io_context io_{1};
  std::unique_ptr<Journal> journal_;
};

TEST_F(JournalTest, AReplyIsDurableWhenKeepReturns) {
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(keep(i));
    EXPECT_EQ(durable(), i + 1);
  }
}

TEST_F(JournalTest, ManyAtOnceAreAllKept) {
  int kept = 0;
  for (int i = 0; i < 1000; ++i) {
    boost::asio::co_spawn(io_, journal_->keep(kept_reply(i)),
                          [&](const std::exception_ptr&, const Result<void>& done) { kept += done ? 1 : 0; });
  }
  io_.run();
  EXPECT_EQ(kept, 1000);
  EXPECT_EQ(durable(), 1000);
}

TEST_F(JournalTest, VerdictsAreKeptAtTheLatestAtTheEnd) {
  ASSERT_TRUE(keep(1));
  ASSERT_TRUE(keep(2));
  journal_->note(kept_verdict(1, true));
  journal_->note(kept_verdict(2, false, "too short"));
  journal_.reset();
  std::vector<bool> accepted;
  JournalFile file = JournalFile::open_to_read(path()).value();
  EXPECT_EQ(file.read({.reply =
                           [&](const KeptRow& row) {
                             accepted.push_back(row.verdict.value().verdict.kind == VerdictKind::accepted);
                           }}),
            0);
  EXPECT_THAT(accepted, testing::ElementsAre(true, false));
}

TEST_F(JournalTest, FindsWhatAnEarlierRunKept) {
  ASSERT_TRUE(keep(1));
  begin();
  EXPECT_EQ(journal_->find(key_of(1)).value()->reply.reply.content, "hello");
  EXPECT_FALSE(journal_->find(key_of(2)).value().has_value());
}

TEST_F(JournalTest, FindsWhatThisRunKeptOnceItsRecordIsNoted) {
  const std::string key = ReplyKeys({}).key({.purpose = "session", .record = 3, .index = 1});
  KeptReply reply = kept_reply(1);
  reply.key = key;
  ASSERT_TRUE(run_coroutine(io_, journal_->keep(reply)));
  EXPECT_FALSE(journal_->find(key).value().has_value());
  journal_->note(KeptRecord{.index = 3, .checker = "1"});
  EXPECT_EQ(journal_->find(key).value()->reply.reply.content, "hello");
}

TEST_F(JournalTest, T90AfterAFailedCommitNothingIsCommitted) {
  ASSERT_TRUE(keep(1));
  {
    SqlDatabase other = SqlDatabase::open(path(), SqlDatabase::Access::write).value();
    other.try_run("CREATE TRIGGER stop BEFORE INSERT ON reply BEGIN SELECT RAISE(ABORT, 'no'); END").value();
    const auto failed = keep(2);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, ErrorKind::disk);
    other.try_run("DROP TRIGGER stop").value();
  }
  EXPECT_FALSE(keep(3)) << "what a disk holds that failed once is not known";
  EXPECT_EQ(durable(), 1);
}

}  // namespace
}  // namespace synthv1::test
