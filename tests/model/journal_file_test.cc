// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/journal_file.h"

#include "synthv1/base/sqlite.h"
#include "synthv1/model/reply_key.h"
#include "tests/model/kept_replies.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <vector>

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

namespace synthv1::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class JournalFileTest : public testing::Test {
 protected:
  std::string path() const { return folder_.path("x.journal"); }
  JournalFile open() const { return JournalFile::open(path()).value(); }

  static std::vector<KeptRow> rows(JournalFile& file) {
    std::vector<KeptRow> rows;
    EXPECT_EQ(file.read({.reply = [&](KeptRow row) { rows.push_back(std::move(row)); }}), 0);
    return rows;
  }
  static std::vector<std::string> contents(JournalFile& file) {
    std::vector<std::string> contents;
    for (const KeptRow& row : rows(file)) contents.push_back(row.reply.reply.content);
    return contents;
  }

  TemporaryFolder folder_;
};

TEST_F(JournalFileTest, KeepsRepliesAndVerdicts) {
  const std::string content = std::string("a\0b", 3) + "“你好”";
  {
    JournalFile file = open();
    EXPECT_EQ(file.count_replies().value(), 0);
    ASSERT_TRUE(file.commit(group_of({kept_reply(1, content), kept_reply(2)})));
    ASSERT_TRUE(
        file.commit(group_of({kept_reply(3)}, {kept_verdict(1, true), kept_verdict(2, false, "too short")})));
  }
  JournalFile file = open();
  EXPECT_EQ(file.count_replies().value(), 3);
  const std::vector<KeptRow> kept = rows(file);
  ASSERT_EQ(kept.size(), 3U);
  EXPECT_EQ(kept[0].reply.key, key_of(1));
  EXPECT_EQ(kept[0].reply.purpose, "session");
  EXPECT_EQ(kept[0].reply.record, 3U);
  EXPECT_EQ(kept[0].reply.index, 1U);
  EXPECT_EQ(kept[0].reply.attempt, 1U);
  EXPECT_EQ(kept[0].reply.reply.content, content);
  EXPECT_EQ(kept[0].reply.reply.finish_reason, "stop");
  EXPECT_EQ(kept[0].reply.reply.model, "m");
  EXPECT_EQ(kept[0].reply.reply.usage.prompt_tokens, 12);
  EXPECT_EQ(kept[0].reply.reply.usage.completion_tokens, std::nullopt) << "unknown stays unknown";
  EXPECT_EQ(kept[0].reply.reply.latency, std::chrono::milliseconds(250));
  EXPECT_EQ(kept[0].reply.received_ms, 1'700'000'000'001);
  EXPECT_TRUE(kept[0].verdict->verdict.kind == VerdictKind::accepted);
  EXPECT_FALSE(kept[1].verdict->verdict.kind == VerdictKind::accepted);
  EXPECT_EQ(kept[1].verdict->verdict.reason, "too short");
  EXPECT_EQ(kept[1].verdict->checker, "0.1.0");
  EXPECT_FALSE(kept[2].verdict.has_value());
}

TEST_F(JournalFileTest, FindsByKey) {
  JournalFile file = open();
  ASSERT_TRUE(file.commit(group_of({kept_reply(1, "one"), kept_reply(2, "two")})));
  EXPECT_EQ(file.find(key_of(2)).value()->reply.reply.content, "two");
  EXPECT_EQ(file.find(key_of(1)).value()->reply.reply.content, "one");
  EXPECT_FALSE(file.find(key_of(3)).value().has_value());
}

TEST_F(JournalFileTest, TheLastReplyAndTheLastVerdictStay) {
  JournalFile file = open();
  ASSERT_TRUE(file.commit(group_of({kept_reply(1, "damaged")}, {kept_verdict(1, false, "no")})));
  ASSERT_TRUE(file.commit(group_of({kept_reply(1, "whole")}, {kept_verdict(1, true)})));
  const std::vector<KeptRow> kept = rows(file);
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].reply.reply.content, "whole");
  EXPECT_EQ(kept[0].verdict->verdict.kind, VerdictKind::accepted);
}

TEST_F(JournalFileTest, KeepsFailuresRecordsAndStarts) {
  {
    JournalFile file = open();
    JournalGroup group;
    group.failures = {{.purpose = "session",
                       .record = 1,
                       .index = 2,
                       .attempt = 3,
                       .label = "429",
                       .message = "slow \"down\"",
                       .failed_ms = 5}};
    group.records = {{.index = 7, .checker = "1"}, {.index = 4, .checker = "2"}};
    group.start = KeptStart{.began_ms = 10, .until_ms = 20, .spending = {.requests = 3}};
    ASSERT_TRUE(file.commit(group));
    group = {};
    group.start = KeptStart{.began_ms = 10,
                            .until_ms = 30,
                            .spending = {.requests = 5,
                                         .counted = {.prompt = 6, .completion = 7},
                                         .estimated = {.prompt = 8, .completion = 9}}};
    ASSERT_TRUE(file.commit(group));
  }
  std::vector<std::string> seen;
  JournalFile file = open();
  EXPECT_EQ(file.read({.failure =
                           [&](const KeptFailure& row) {
                             seen.push_back(row.purpose + " " + row.label + " " + row.message);
                             EXPECT_EQ(row.record + row.index + row.attempt, 6U);
                             EXPECT_EQ(row.failed_ms, 5);
                           },
                       .record =
                           [&](const KeptRecord& row) {
                             seen.push_back("record " + std::to_string(row.index) + " " + row.checker);
                           },
                       .start =
                           [&](const KeptStart& row) {
                             seen.push_back("start " + std::to_string(row.until_ms));
                             EXPECT_EQ(row.spending.requests, 5U);
                             EXPECT_EQ(row.spending.tokens(), 30);
                           }}),
            0);
  EXPECT_THAT(seen, testing::UnorderedElementsAre("session 429 slow \"down\"", "record 7 1", "record 4 2",
                                                  "start 30"));
}

TEST_F(JournalFileTest, RemembersNamedValues) {
  open().set_meta({{"seed", "1"}, {"model", "m"}}).value();
  JournalFile file = open();
  EXPECT_EQ(file.meta().value(), (JournalMeta{{"seed", "1"}, {"model", "m"}}));
  file.set_meta({{"seed", "2"}}).value();
  EXPECT_EQ(file.meta().value(), (JournalMeta{{"seed", "2"}, {"model", "m"}}));
}

TEST_F(JournalFileTest, T92ASecondWriterIsRefusedAReaderIsNot) {
  JournalFile file = open();
  ASSERT_TRUE(file.commit(group_of({kept_reply(1)})));
  const Error refused = JournalFile::open(path()).error();
  EXPECT_EQ(refused.kind, ErrorKind::usage);
  EXPECT_THAT(refused.message, HasSubstr("is being written by another process"));
  JournalFile reader = JournalFile::open_to_read(path()).value();
  EXPECT_EQ(reader.count_replies().value(), 1);
  ASSERT_TRUE(file.commit(group_of({kept_reply(2)}))) << "a reader holds nothing up";
  EXPECT_EQ(reader.count_replies().value(), 2);
}

TEST_F(JournalFileTest, IsReadInAFolderThatCannotBeWritten) {
  open().commit(group_of({kept_reply(1, "kept")})).value();
  const std::string folder = folder_.path("a %3f?#b");
  std::filesystem::create_directory(folder);
  std::filesystem::copy(path(), folder + "/x.journal");
  std::filesystem::permissions(folder,
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  {
    JournalFile file = JournalFile::open_to_read(folder + "/x.journal").value();
    EXPECT_THAT(contents(file), ElementsAre("kept"));
  }
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
  EXPECT_FALSE(std::filesystem::exists(folder + "/x.journal-wal"));
}

TEST_F(JournalFileTest, AReaderLeavesNothingBesideAClosedOne) {
  ASSERT_TRUE(open().commit(group_of({kept_reply(1)})));
  const auto files = [&] {
    const std::filesystem::directory_iterator all(folder_.path());
    return std::distance(begin(all), end(all));
  };
  ASSERT_EQ(files(), 1);
  EXPECT_EQ(JournalFile::open_to_read(path()).value().count_replies().value(), 1);
  EXPECT_EQ(files(), 1);
  const std::string odd = folder_.path("50% of what? #1");
  std::filesystem::rename(path(), odd);
  EXPECT_EQ(JournalFile::open_to_read(odd).value().count_replies().value(), 1);
}

TEST_F(JournalFileTest, WhatIsCommittedOutlivesAKilledProcess) {
  const pid_t child = ::fork();
  if (child == 0) {
    JournalFile file = open();
    if (!file.commit(group_of({kept_reply(1, "kept")}))) ::_exit(1);
    ::raise(SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  JournalFile file = open();
  EXPECT_THAT(contents(file), ElementsAre("kept"));
}

TEST_F(JournalFileTest, T91AChangedRowIsNoLongerWhole) {
  {
    JournalFile file = open();
    ASSERT_TRUE(file.commit(group_of({kept_reply(1), kept_reply(2), kept_reply(3)},
                                     {kept_verdict(1, true), kept_verdict(3, true)})));
  }
  {
    SqlDatabase database = SqlDatabase::open(path(), SqlDatabase::Access::write).value();
    database.try_run("UPDATE reply SET content = 'hullo' WHERE item = 2").value();
    database.try_run("UPDATE verdict SET verdict = 'refused' WHERE reply = 3").value();
  }
  JournalFile file = open();
  std::vector<bool> judged;
  EXPECT_EQ(file.read({.reply = [&](const KeptRow& row) { judged.push_back(row.verdict.has_value()); }}), 1);
  EXPECT_THAT(judged, ElementsAre(true, false)) << "a verdict that was changed is none";
  EXPECT_FALSE(file.find(key_of(2)).value().has_value());
}

TEST_F(JournalFileTest, RefusesWhatIsNoJournal) {
  std::ofstream(path()) << "a text of some length that is no database at all\n";
  const Error text = JournalFile::open(path()).error();
  EXPECT_THAT(text.message, HasSubstr(path()));
  std::ofstream(path(), std::ios::trunc).close();
  SqlDatabase::open(path(), SqlDatabase::Access::create).value().try_run("CREATE TABLE t (x)").value();
  const Error other = JournalFile::open(path()).error();
  EXPECT_EQ(other.kind, ErrorKind::usage);
  EXPECT_THAT(other.message, HasSubstr("is no journal of synthv1"));
  EXPECT_THAT(JournalFile::open_to_read(folder_.path("missing")).error().message, HasSubstr("missing"));
}

TEST_F(JournalFileTest, RefusesTheFormatOfAnotherVersion) {
  open().set_meta({{"a", "b"}}).value();
  SqlDatabase::open(path(), SqlDatabase::Access::write).value().try_run("PRAGMA user_version = 99").value();
  const Error error = JournalFile::open(path()).error();
  EXPECT_EQ(error.kind, ErrorKind::usage);
  EXPECT_THAT(error.message, HasSubstr("a journal of format 99"));
}

TEST_F(JournalFileTest, AFailedCommitLeavesNothingOfIt) {
  JournalFile file = open();
  ASSERT_TRUE(file.commit(group_of({kept_reply(1)})));
  SqlDatabase other = SqlDatabase::open(path(), SqlDatabase::Access::write).value();
  other
      .try_run(
          "CREATE TRIGGER stop BEFORE INSERT ON reply WHEN NEW.item = 3 BEGIN SELECT RAISE(ABORT, 'no'); END")
      .value();
  const auto done = file.commit(group_of({kept_reply(2), kept_reply(3)}));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::disk);
  EXPECT_EQ(file.count_replies().value(), 1);
  other.try_run("DROP TRIGGER stop").value();
  EXPECT_TRUE(file.commit(group_of({kept_reply(2)})));
}

/// Everything that shapes a reply changes its key.
TEST(ReplyKey, IsOfAllThatShapesAReply) {
  const JournalScope scope{.endpoint = "http://a/v1", .model = "m", .temperature = 0.7};
  const ChatRequest request{.messages = {{"system", "s"}, {"user", "u"}},
                            .schema_name = "n",
                            .schema = "{}",
                            .max_tokens = 5,
                            .purpose = "session",
                            .record = 1,
                            .index = 2,
                            .attempt = 3};
  ReplyKeys same(scope);
  std::vector<std::string> keys{same.key(request)};
  EXPECT_EQ(keys[0].size(), 32U);
  EXPECT_EQ(same.key(request), keys[0]);
  EXPECT_EQ(record_of_key(keys[0]), 1U);
  EXPECT_EQ(record_of_key(ReplyKeys(scope).key({.record = 0x80'01'02'03})), 0x80'01'02'03U);
  const auto with = [&](auto change) {
    JournalScope other_scope = scope;
    ChatRequest other = request;
    change(other_scope, other);
    keys.push_back(ReplyKeys(other_scope).key(other));
    if (other_scope.endpoint == scope.endpoint && other_scope.model == scope.model &&
        other_scope.temperature == scope.temperature) {
      EXPECT_EQ(same.key(other), keys.back()) << "whatever was asked before";
    }
  };
  with([](JournalScope& s, ChatRequest&) { s.endpoint = "http://b/v1"; });
  with([](JournalScope& s, ChatRequest&) { s.model = "n"; });
  with([](JournalScope& s, ChatRequest&) { s.temperature = 0.8; });
  with([](JournalScope&, ChatRequest& r) { r.messages = {{"system", "su"}, {"user", ""}}; });
  with([](JournalScope&, ChatRequest& r) { r.messages = {{"system", "s"}}; });
  with([](JournalScope&, ChatRequest& r) { r.messages[1].role = "assistant"; });
  with([](JournalScope&, ChatRequest& r) { r.schema_name = "o"; });
  with([](JournalScope&, ChatRequest& r) { r.schema = "[]"; });
  with([](JournalScope&, ChatRequest& r) { r.max_tokens = 0; });
  with([](JournalScope&, ChatRequest& r) { r.purpose = "paraphrase"; });
  with([](JournalScope&, ChatRequest& r) { r.record = 2; });
  with([](JournalScope&, ChatRequest& r) { r.index = 1; });
  with([](JournalScope&, ChatRequest& r) { r.attempt = 0; });
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(std::unique(keys.begin(), keys.end()), keys.end());
}

}  // namespace
}  // namespace synthv1::test
