// SPDX-License-Identifier: Apache-2.0
// The built program and a journal that is damaged or cannot be written.
#include "tests/cli/kept_contents.h"
#include "tests/cli/run_binary.h"
#include "tests/support/counted_endpoint.h"

#include <algorithm>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/mount.h>

namespace synthv1::test {
namespace {

namespace fs = std::filesystem;

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class JournalFaultTest : public testing::Test {
 protected:
  static std::string arguments(const CountedEndpoint& endpoint, std::string_view more, std::string_view out) {
    return fmt::format("--base_url {} --model test-model --seed 3 --fast --num_records 4 --out {} {}",
                       endpoint.url(), out, more);
  }
  Outcome run(std::string_view more = "", std::string_view variables = "",
              std::string_view out = "x.jsonl") const {
    return folder_.run(arguments(endpoint_, more, out), variables);
  }
  const std::string& whole_text() {
    if (whole_text_.empty()) {
      const Folder other;
      other.run(arguments(endpoint_, "", "x.jsonl"));
      whole_text_ = other.read("x.jsonl");
      endpoint_.take_asked();
    }
    return whole_text_;
  }
  std::set<std::string> kept() const { return kept_contents(folder_.work() / "x.jsonl.journal"); }

  /// The same command comes to its end and asks for nothing that is in `before`.
  void expect_goes_on(const std::set<std::string>& before, std::string_view out = "x.jsonl") {
    const std::string whole = whole_text();
    const Outcome resumed = run("", "", out);
    EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
    for (const auto& [content, count] : endpoint_.take_asked()) EXPECT_FALSE(before.contains(content));
    EXPECT_TRUE(folder_.read(out) == whole);
  }

  Folder folder_;
  CountedEndpoint endpoint_{{.prose_in = 4}};
  std::string whole_text_;
};

/// The journal is larger than the output: it meets the limit first.
TEST_F(JournalFaultTest, T90AJournalThatCannotGrowEndsTheRun) {
  for (const int blocks : {60, 120, 180}) {
    const Folder folder;
    const Outcome ended = folder.run(arguments(endpoint_, "", "x.jsonl"),
                                     fmt::format("sh -c 'ulimit -f {}; exec \"$0\" \"$@\"'", blocks));
    ASSERT_EQ(ended.exit_code, 5) << blocks << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("x.jsonl.journal: disk I/O error"));
    const auto before = kept_contents(folder.work() / "x.jsonl.journal");
    endpoint_.take_asked();
    const Outcome resumed = folder.run(arguments(endpoint_, "", "x.jsonl"));
    EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
    for (const auto& [content, count] : endpoint_.take_asked()) EXPECT_FALSE(before.contains(content));
    EXPECT_TRUE(folder.read("x.jsonl") == whole_text());
    EXPECT_EQ(folder.listing(), "x.jsonl x.jsonl.journal x.jsonl.progress.json");
  }
}

TEST_F(JournalFaultTest, T90AFullDiskEndsTheRunAndRoomLetsItGoOn) {
  const std::string small = folder_.work() / "small";
  fs::create_directory(small);
  if (::mount("tmpfs", small.c_str(), "tmpfs", 0, "size=160k") != 0)
    GTEST_SKIP() << "a disk cannot be mounted here";
  const Outcome ended = run("", "", "small/x.jsonl");
  EXPECT_EQ(ended.exit_code, 5) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("free some space"));
  const auto before = kept_contents(small + "/x.jsonl.journal");
  EXPECT_FALSE(before.empty());
  endpoint_.take_asked();
  ASSERT_EQ(::mount("tmpfs", small.c_str(), "tmpfs", MS_REMOUNT, "size=64m"), 0);
  expect_goes_on(before, "small/x.jsonl");
  EXPECT_EQ(::umount(small.c_str()), 0);
}

TEST_F(JournalFaultTest, T90AJournalThatCannotBeWrittenIsNamed) {
  fs::create_directory(folder_.work() / "x.jsonl.journal");
  const Outcome ended = run();
  EXPECT_EQ(ended.exit_code, 5);
  EXPECT_THAT(ended.err, HasSubstr("cannot write x.jsonl.journal: Is a directory"));
  EXPECT_EQ(total(endpoint_.take_asked()), 0);
}

TEST_F(JournalFaultTest, T91WhatIsNoDatabaseIsNamedAndKept) {
  const std::string text(5000, 'x');
  folder_.write("x.jsonl.journal", text);
  const Outcome ended = run();
  EXPECT_EQ(ended.exit_code, 5) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("x.jsonl.journal cannot be used as a journal"));
  EXPECT_THAT(ended.err, HasSubstr("--fresh sets it aside"));
  EXPECT_EQ(folder_.read("x.jsonl.journal"), text);
  EXPECT_EQ(total(endpoint_.take_asked()), 0);
  EXPECT_EQ(run("--fresh").exit_code, 0);
  EXPECT_EQ(folder_.read("x.jsonl.journal.old"), text);
}

/// Changes the first byte of a reply's content, also where pages hold what is no longer used.
std::string damage_reply(std::string journal, const std::string& content) {
  EXPECT_NE(journal.find(content), std::string::npos);
  for (std::size_t at = 0; (at = journal.find(content, at)) != std::string::npos;) journal[at] = 'X';
  return journal;
}

TEST_F(JournalFaultTest, T91ADamagedReplyIsAskedForAgainAndSaidSo) {
  ASSERT_EQ(run().exit_code, 0);
  const std::string text = folder_.read("x.jsonl");
  const std::string content = endpoint_.take_asked().rbegin()->first;  // one that was accepted
  folder_.write("x.jsonl.journal", damage_reply(folder_.read("x.jsonl.journal"), content));
  EXPECT_FALSE(kept().contains(content));
  const Outcome again = run();
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.err, HasSubstr("1 reply in the journal was damaged and was asked for again"));
  EXPECT_THAT(again.err, HasSubstr("1 calls, 1 replies accepted"));
  const auto asked = endpoint_.take_asked();
  EXPECT_EQ(total(asked), 1);
  EXPECT_TRUE(asked.contains(content));
  EXPECT_TRUE(folder_.read("x.jsonl") == text);
  EXPECT_TRUE(kept().contains(content)) << "it took the damaged one's place";
  EXPECT_THAT(run().err, Not(HasSubstr("damaged")));
}

TEST_F(JournalFaultTest, T91ADamagedReplyOfAStoppedRunIsSaidToo) {
  EXPECT_EQ(run("--max_requests 8").exit_code, 4);
  const std::string content = *kept().begin();
  folder_.write("x.jsonl.journal", damage_reply(folder_.read("x.jsonl.journal"), content));
  const Outcome again = run("--max_requests 10");
  EXPECT_EQ(again.exit_code, 4) << again.err;
  EXPECT_THAT(again.err, HasSubstr("1 reply in the journal was damaged"));
}

TEST_F(JournalFaultTest, T91AnyByteChangedNothingWrongIsUsed) {
  const std::string whole = whole_text();
  EXPECT_EQ(run("--max_requests 12").exit_code, 4);
  const std::string sound = folder_.read("x.jsonl.journal");
  const std::set<std::string> before = kept();
  endpoint_.take_asked();
  int finished = 0;
  for (std::size_t i = 0; i < 48; ++i) {
    const std::size_t at = (i * 7919 + i * i * 31) % sound.size();
    SCOPED_TRACE(fmt::format("byte {} of {}", at, sound.size()));
    const Folder folder;
    std::string damaged = sound;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x41);
    folder.write("x.jsonl.journal", damaged);
    const Outcome ended = folder.run(arguments(endpoint_, "", "x.jsonl"));
    bool again = false;
    for (const auto& [content, count] : endpoint_.take_asked()) again = again || before.contains(content);
    if (ended.exit_code == 0) {
      ++finished;
      EXPECT_TRUE(folder.read("x.jsonl") == whole);
      if (again) {
        EXPECT_THAT(ended.err, HasSubstr("damaged"));
      }
      continue;
    }
    EXPECT_TRUE(ended.exit_code == 2 || ended.exit_code == 5) << ended.err;
    EXPECT_THAT(ended.err, StartsWith("synthv1: x.jsonl.journal "));
    EXPECT_EQ(folder.listing(), "x.jsonl.journal");
    EXPECT_TRUE(folder.read("x.jsonl.journal") == damaged) << "it is left as it is";
    EXPECT_FALSE(again);
  }
  EXPECT_GT(finished, 44);
}

TEST_F(JournalFaultTest, WhatAKilledRunLeftBesideTheOutputIsTakenAway) {
  for (const char* name : {".x.jsonl.123-0.tmp", ".x.jsonl.partial.jsonl.45-6.tmp"})
    folder_.write(name, "half");
  folder_.write(".y.jsonl.123-0.tmp", "of another output");
  EXPECT_EQ(run().exit_code, 0);
  EXPECT_EQ(folder_.listing(), ".y.jsonl.123-0.tmp x.jsonl x.jsonl.journal x.jsonl.progress.json");
}

}  // namespace
}  // namespace synthv1::test
