// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/journal_report.h"

#include "synthv1/base/sqlite.h"
#include "synthv1/commands/run_identity.h"
#include "tests/model/kept_replies.h"
#include "tests/support/temporary_folder.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_bytes(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// Everything that it is told, as text, in order.
class Told : public JournalListener {
 public:
  void run(const JournalMeta& options) override {
    std::string line = "run";
    for (const auto& [name, value] : options) line += " " + name + "=" + value;
    lines.push_back(line);
  }
  void start(const KeptStart& start) override { add("start", start.began_ms, start.spending.requests); }
  void record(const KeptRecord& record) override { add("record", record.index, record.checker); }
  void failure(const KeptFailure& failure) override { add("failure", failure.label, failure.message); }
  void reply(const KeptRow& row) override {
    add("reply", row.reply.index, row.reply.reply.content,
        row.verdict ? row.verdict->verdict.reason : "none");
  }

  std::vector<std::string> lines;

 private:
  template <class... Values>
  void add(const Values&... values) {
    std::ostringstream text;
    ((text << values << ' '), ...);
    lines.push_back(text.str());
  }
};

class JournalReportTest : public testing::Test {
 protected:
  std::string path() const { return folder_.path("x.jsonl.journal"); }
  JournalFile open() const { return JournalFile::open(path()).value(); }

  JournalReport report() const {
    Told told;
    return report_journal(path(), told).value();
  }
  Error error() const {
    Told told;
    return report_journal(path(), told).error();
  }
  void change(const std::string& sql) const {
    SqlDatabase::open(path(), SqlDatabase::Access::write).value().try_run(sql).value();
  }
  std::vector<std::string> listing() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
      names.push_back(entry.path().filename());
    return names;
  }

  TemporaryFolder folder_;
};

KeptFailure failure_of(std::string label) {
  return {.purpose = "session", .label = std::move(label), .message = "slow down", .failed_ms = 5};
}

/// Two starts, replies with all verdicts, failures, a settled record.
JournalGroup whole_group() {
  JournalGroup group = group_of({kept_reply(1, "one"), kept_reply(2, "two"), kept_reply(3, "three")},
                                {kept_verdict(1, true), kept_verdict(2, false, "too short")});
  group.replies.push_back(kept_reply(4, "four"));
  group.replies.back().purpose = "paraphrase";
  group.replies.back().reply.usage.completion_tokens = 30;
  group.replies.back().reply.latency = std::chrono::milliseconds(1000);
  group.verdicts.push_back(kept_verdict(4, false, "as it is"));
  group.verdicts.back().verdict.kind = VerdictKind::settled;
  group.failures = {failure_of("429"), failure_of("500"), failure_of("429")};
  group.records = {{.index = 3, .checker = "0.1.0"}};
  group.start = KeptStart{.began_ms = 1'699'999'999'000,
                          .until_ms = 1'700'000'000'500,
                          .spending = {.requests = 7,
                                       .counted = {.prompt = 48, .completion = 30},
                                       .estimated = {.prompt = 0, .completion = 9}}};
  return group;
}

TEST_F(JournalReportTest, IsFoundByTheNameOfTheOutput) {
  const std::string out = folder_.path("x.jsonl");
  const Error missing = find_journal(out).error();
  EXPECT_EQ(missing.kind, ErrorKind::usage);
  EXPECT_THAT(missing.message, HasSubstr("no " + path()));
  write_bytes(out, "{}");
  EXPECT_EQ(find_journal(out).value(), out);
  open();
  EXPECT_EQ(find_journal(out).value(), path());
  EXPECT_EQ(find_journal(path()).value(), path());
}

TEST_F(JournalReportTest, TellsEverythingOnceTheRunFirstTheRepliesLast) {
  {
    JournalFile file = open();
    file.set_meta({{"model", "m"}, {"seed", "1"}}).value();
    file.commit(whole_group()).value();
  }
  Told told;
  ASSERT_TRUE(report_journal(path(), told));
  EXPECT_THAT(told.lines, ElementsAre("run model=m seed=1", "start 1699999999000 7 ", "record 3 0.1.0 ",
                                      "failure 429 slow down ", "failure 500 slow down ",
                                      "failure 429 slow down ", "reply 1 one  ", "reply 2 two too short ",
                                      "reply 3 three none ", "reply 4 four as it is "));
}

TEST_F(JournalReportTest, SumsUp) {
  {
    JournalFile file = open();
    file.commit(whole_group()).value();
    JournalGroup later;
    later.start = KeptStart{.began_ms = 1'700'000'100'000, .until_ms = 1'700'000'100'000};
    later.start->spending.requests = 2;
    file.commit(later).value();
  }
  const JournalReport read = report();
  EXPECT_THAT(read.damage, IsEmpty());
  const JournalTotals& totals = read.totals;
  const PurposeTotals& sessions = totals.purposes.at("session");
  EXPECT_EQ(sessions.replies, 3U);
  EXPECT_EQ(sessions.accepted, 1U);
  EXPECT_EQ(sessions.refused, 1U);
  EXPECT_EQ(sessions.not_judged, 1U);
  EXPECT_THAT(sessions.classes, ElementsAre(Pair("faulty", 1)));
  EXPECT_EQ(sessions.tokens.prompt, 36);
  EXPECT_EQ(sessions.uncounted, 3U) << "unknown stays unknown";
  const PurposeTotals& paraphrases = totals.purposes.at("paraphrase");
  EXPECT_EQ(paraphrases.settled, 1U);
  EXPECT_EQ(paraphrases.uncounted, 0U);
  EXPECT_THAT(totals.failures, ElementsAre(Pair("429", 2), Pair("500", 1)));
  EXPECT_EQ(totals.starts.size(), 2U);
  EXPECT_EQ(totals.spent.requests, 9U);
  EXPECT_EQ(totals.spent.tokens(), 87);
  EXPECT_EQ(totals.settled_records, 1U);
  EXPECT_EQ(totals.span()->count(), 1004);
  EXPECT_EQ(totals.latencies.sum().count(), 1750);
}

TEST(LatenciesTest, MeanAndMedian) {
  Latencies none;
  EXPECT_EQ(none.mean().count(), 0);
  EXPECT_EQ(none.median().count(), 0);
  Latencies some;
  for (const int latency : {7, 1, 100, 7, 3}) some.add(std::chrono::milliseconds(latency));
  EXPECT_EQ(some.median().count(), 7);
  EXPECT_EQ(some.mean().count(), 23);
  some.add(std::chrono::milliseconds(0));
  EXPECT_EQ(some.median().count(), 3) << "the lower one of two";
}

TEST_F(JournalReportTest, LeavesNothingBehind) {
  open().commit(whole_group()).value();
  ASSERT_THAT(listing(), ElementsAre("x.jsonl.journal"));
  const std::string before = bytes_of(path());
  report();
  EXPECT_THAT(listing(), ElementsAre("x.jsonl.journal"));
  EXPECT_EQ(bytes_of(path()), before);
}

TEST_F(JournalReportTest, ReadsWhileARunWrites) {
  JournalFile writer = open();
  writer.commit(whole_group()).value();
  EXPECT_EQ(report().totals.purposes.at("session").replies, 3U);
  writer.commit(group_of({kept_reply(5)})).value();
  EXPECT_EQ(report().totals.purposes.at("session").replies, 4U);
  EXPECT_THAT(report().damage, IsEmpty());
}

/// Folds the log into the database at the first reply; a reader that held the log would be in the way.
class FoldsTheLog : public JournalListener {
 public:
  explicit FoldsTheLog(const std::string& path)
      : database_(SqlDatabase::open(path, SqlDatabase::Access::write).value()) {}
  void reply(const KeptRow&) override {
    if (replies++ > 0) return;
    SqlStatement fold = database_.try_prepare("PRAGMA wal_checkpoint(TRUNCATE)").value();
    folded = fold.try_step().value() && fold.whole(0) == 0;
  }

  bool folded = false;
  int replies = 0;

 private:
  SqlDatabase database_;
};

TEST_F(JournalReportTest, ASlowReaderHoldsNothingUp) {
  JournalFile writer = open();
  JournalGroup group;
  for (int number = 0; number < 1000; ++number) group.replies.push_back(kept_reply(number));
  writer.commit(group).value();
  FoldsTheLog listener(path());
  ASSERT_TRUE(report_journal(path(), listener));
  EXPECT_TRUE(listener.folded);
  EXPECT_EQ(listener.replies, 1000);
}

TEST_F(JournalReportTest, T91WhatIsDamagedIsNamedAndLeftOut) {
  {
    JournalFile file = open();
    file.set_meta({{"model", "m"}, {"seed", "1"}}).value();
    file.commit(whole_group()).value();
  }
  change("UPDATE reply SET content = 'hullo' WHERE item IN (2, 3)");
  change("UPDATE verdict SET verdict = 'refused' WHERE reply = 1");
  change("UPDATE failure SET class = 'x' WHERE id = 2");
  change("UPDATE start SET requests = 1");
  change("UPDATE meta SET value = '2' WHERE name = 'seed'");
  const JournalReport read = report();
  EXPECT_THAT(read.damage,
              UnorderedElementsAre(HasSubstr("2 replies are damaged"), HasSubstr("1 verdict is damaged"),
                                   HasSubstr("1 failure is damaged"), HasSubstr("1 start is damaged"),
                                   HasSubstr("1 option of the run is damaged")));
  EXPECT_THAT(read.run, ElementsAre(Pair("model", "m")));
  EXPECT_EQ(read.totals.purposes.at("session").not_judged, 1U);
  EXPECT_THAT(read.totals.failures, ElementsAre(Pair("429", 2)));
}

TEST_F(JournalReportTest, T91AnyChangedByteIsNamedOrOfNoMatter) {
  {
    JournalFile file = open();
    file.set_meta({{"model", "m"}, {"seed", "1"}}).value();
    file.commit(whole_group()).value();
  }
  Told whole;
  ASSERT_TRUE(report_journal(path(), whole));
  const std::string bytes = bytes_of(path());
  int named = 0;
  for (std::size_t at = 0; at < bytes.size(); at += 61) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0xff);
    write_bytes(path(), changed);
    Told told;
    const auto read = report_journal(path(), told);
    if (read && read->damage.empty()) {
      EXPECT_EQ(told.lines, whole.lines) << "byte " << at;
    } else {
      ++named;
    }
    for (const std::string& line : told.lines) {
      if (!line.starts_with("reply ")) continue;
      EXPECT_THAT(line,
                  testing::AnyOf(HasSubstr("one"), HasSubstr("two"), HasSubstr("three"), HasSubstr("four")))
          << "byte " << at;
    }
  }
  EXPECT_GT(named, 10);
}

TEST_F(JournalReportTest, T91ALostEndOfTheLogIsNamedUnlessARunIsWritingIt) {
  {
    JournalFile file = open();
    file.commit(whole_group()).value();
    const std::string log = bytes_of(path() + "-wal");
    ASSERT_GT(log.size(), 4096U);
    write_bytes(folder_.path("copy.journal"), bytes_of(path()));
    write_bytes(folder_.path("copy.journal-wal"), std::string_view(log).substr(0, log.size() - 10));
  }
  Told told;
  EXPECT_THAT(report_journal(folder_.path("copy.journal"), told).value().damage,
              testing::Contains(HasSubstr("copy.journal-wal: the last ")));
}

TEST_F(JournalReportTest, RefusesWhatIsNoJournal) {
  write_bytes(path(), "{\"task_id\": \"consumption_tracking_00000000\"}\n");
  EXPECT_EQ(error().kind, ErrorKind::usage);
  EXPECT_THAT(error().message, HasSubstr("x.jsonl.journal is no journal of synthv1"));
  write_bytes(path(), "");
  EXPECT_EQ(error().kind, ErrorKind::usage);
  SqlDatabase::open(path(), SqlDatabase::Access::create).value().try_run("CREATE TABLE t (x)").value();
  EXPECT_EQ(error().kind, ErrorKind::usage);
}

TEST_F(JournalReportTest, OneThatCannotBeReadAtAllIsDamaged) {
  open().commit(whole_group()).value();
  std::string bytes = bytes_of(path());
  bytes.replace(100, 200, 200, '\xff');
  write_bytes(path(), bytes);
  EXPECT_EQ(error().kind, ErrorKind::faulty);
  EXPECT_THAT(error().message, HasSubstr("nothing of " + path() + " can be read"));
}

TEST(NotableOptionsTest, AreThoseThatDifferAndWhatEveryRunHas) {
  GenerateOptions options;
  options.num_records = 1;
  options.seed = 7;
  options.plan.num_sessions = 30;
  JournalMeta run = identity_of(options, Catalogue());
  run["moved_to"] = "http://b/v1";
  EXPECT_THAT(notable_options(run),
              ElementsAre(Pair("base_url", options.base_url), Pair("model", options.model),
                          Pair("moved_to", "http://b/v1"), Pair("num_records", "1"),
                          Pair("num_sessions", "30"), Pair("seed", "7")));
}

}  // namespace
}  // namespace synthv1::test
