// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/spool.h"

#include "tests/support/memory_files.h"

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

const std::string kPartial = "x.json.partial.jsonl";

Spool open(MemoryFiles& files, DatasetLayout layout = DatasetLayout::array, std::uint32_t num_records = 3,
           const std::string& out = "x.json") {
  return Spool::open(files, out, layout, num_records).value();
}

void add(Spool& spool, const std::vector<std::string>& records) {
  for (const std::string& record : records) EXPECT_TRUE(spool.writer().add(record));
}

/// What a failure says of the records that were kept.
std::string kept_of(Spool& spool) {
  const std::string message = spool.keep_partial({ErrorKind::disk, "why"}).message;
  EXPECT_THAT(message, testing::StartsWith("why; "));
  return message.substr(5);
}

TEST(Spool, MakesTheFileOutOfTheRecords) {
  MemoryFiles files;
  Spool spool = open(files);
  add(spool, {"{1}", "{2}", "{3}"});
  EXPECT_THAT(files.texts, IsEmpty());
  EXPECT_EQ(spool.finish().value(), 18U);
  EXPECT_THAT(files.texts, ElementsAre(Pair("x.json", "[\n{1},\n{2},\n{3}\n]\n")));
}

TEST(Spool, MakesLinesToo) {
  MemoryFiles files;
  files.texts["x.jsonl.partial.jsonl"] = "an earlier run's";
  Spool spool = open(files, DatasetLayout::lines, 2, "x.jsonl");
  add(spool, {"{1}", "{2}"});
  EXPECT_EQ(spool.finish().value(), 8U);
  EXPECT_THAT(files.texts, ElementsAre(Pair("x.jsonl", "{1}\n{2}\n")));
}

TEST(Spool, CopiesRecordsOfAnySizeInAnyPieces) {
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 64U, 10'000U}) {
    MemoryFiles files;
    files.piece = piece;
    Spool spool = open(files);
    const std::string large(5'000, 'a');
    add(spool, {"{}", large, "{3}"});
    EXPECT_TRUE(spool.finish());
    EXPECT_EQ(files.texts.at("x.json"), "[\n{},\n" + large + ",\n{3}\n]\n");
  }
}

TEST(Spool, OneRecordIsWrittenStraight) {
  MemoryFiles files;
  Spool spool = open(files, DatasetLayout::object, 1);
  add(spool, {"{1}"});
  EXPECT_EQ(kept_of(spool), "no record was whole");
  EXPECT_THAT(files.texts, IsEmpty());
  EXPECT_EQ(spool.finish().value(), 4U);
  EXPECT_THAT(files.texts, ElementsAre(Pair("x.json", "{1}\n")));
}

TEST(Spool, StandardOutputIsWrittenStraight) {
  MemoryFiles files;
  Spool spool = open(files, DatasetLayout::lines, 3, "-");
  add(spool, {"{1}", "{2}"});
  EXPECT_TRUE(spool.finish());
  EXPECT_THAT(files.texts, ElementsAre(Pair("-", "{1}\n{2}\n")));
}

TEST(Spool, KeepsTheWholeRecordsOfAFailedRun) {
  MemoryFiles files;
  files.texts["x.json"] = "old";
  Spool spool = open(files);
  add(spool, {"{1}", "{2}"});
  EXPECT_EQ(kept_of(spool), "2 whole records are in " + kPartial);
  EXPECT_THAT(files.texts, ElementsAre(Pair("x.json", "old"), Pair(kPartial, "{1}\n{2}\n")));
}

TEST(Spool, KeepsTheWholeLinesOfAFailedRun) {
  MemoryFiles files;
  files.texts["x.json"] = "old";
  Spool spool = open(files, DatasetLayout::lines);
  add(spool, {"{1}", "{2}"});
  EXPECT_EQ(kept_of(spool), "2 whole records are in " + kPartial);
  EXPECT_THAT(files.texts, ElementsAre(Pair("x.json", "old"), Pair(kPartial, "{1}\n{2}\n")));
}

TEST(Spool, KeepsTheLinesThatCannotGetTheirName) {
  MemoryFiles files;
  Spool spool = open(files, DatasetLayout::lines);
  add(spool, {"{1}", "{2}"});
  files.fail_at = files.operations;
  EXPECT_THAT(spool.finish().error().message, testing::EndsWith("; 2 whole records are in " + kPartial));
  EXPECT_THAT(files.texts, ElementsAre(Pair(kPartial, "{1}\n{2}\n")));
}

TEST(Spool, KeepsTheRecordsThatReachedAFullDisk) {
  for (const auto& [fail_at, records, text] :
       {std::tuple{1U, 0, ""}, {2U, 0, ""}, {4U, 1, "{1}\n"}, {7U, 2, "{1}\n{2}\n"}, {8U, 2, "{1}\n{2}\n"}}) {
    MemoryFiles files;
    files.fail_at = fail_at;
    Spool spool = open(files);
    for (const char* record : {"{1}", "{2}", "{3}"}) {
      if (!spool.writer().add(record)) break;
    }
    files.keeps_failing = true;  // but for what commit_front() needs
    const std::string kept = kept_of(spool);
    if (records == 0) {
      EXPECT_EQ(kept, "no record was whole");
      EXPECT_THAT(files.texts, IsEmpty());
    } else {
      EXPECT_THAT(kept, testing::StartsWith(std::to_string(records) + " whole record"));
      EXPECT_THAT(files.texts, ElementsAre(Pair(kPartial, text)));
    }
  }
}

TEST(Spool, SaysWhereTheRecordsAreWhenOutCannotBeMade) {
  MemoryFiles files;
  Spool spool = open(files);
  add(spool, {"{1}", "{2}"});
  files.fail_at = files.operations + 1;
  EXPECT_THAT(spool.finish().error().message, testing::EndsWith("; every record is in " + kPartial));
  EXPECT_THAT(files.texts, ElementsAre(Pair(kPartial, "{1}\n{2}\n")));
}

TEST(Spool, SaysOneRecordInTheSingular) {
  MemoryFiles files;
  Spool spool = open(files);
  add(spool, {"{1}"});
  EXPECT_EQ(kept_of(spool), "1 whole record is in " + kPartial);
}

TEST(Spool, NothingWholeLeavesNothing) {
  MemoryFiles files;
  {
    Spool spool = open(files);
    EXPECT_EQ(kept_of(spool), "no record was whole");
  }
  EXPECT_THAT(files.texts, IsEmpty());
}

/// A run of three records over an older file, as far as it comes.
Result<std::uint64_t> run(MemoryFiles& files) {
  auto spool = Spool::open(files, "x.json", DatasetLayout::array, 3);
  if (!spool) return std::unexpected(spool.error());
  for (const char* record : {"{1}", "{2}", "{3}"}) {
    if (auto done = spool->writer().add(record); !done) return std::unexpected(done.error());
  }
  return spool->finish();
}

TEST(Spool, WhateverFailsTheFileIsTheOldOneOrTheNewOne) {
  const std::string whole = "[\n{1},\n{2},\n{3}\n]\n";
  std::size_t failures = 0;
  for (std::size_t fail_at = 0;; ++fail_at) {
    MemoryFiles files;
    files.texts["x.json"] = "old";
    files.fail_at = fail_at;
    const auto size = run(files);
    if (files.operations <= fail_at) {
      EXPECT_EQ(size.value(), whole.size());
      break;
    }
    ++failures;
    ASSERT_FALSE(size) << fail_at;
    EXPECT_EQ(size.error().kind, ErrorKind::disk);
    const std::string& out = files.texts.at("x.json");
    EXPECT_TRUE(out == "old" || (out == whole && files.texts.contains(kPartial))) << out;
    EXPECT_TRUE(!files.texts.contains(kPartial) || files.texts.at(kPartial) == "{1}\n{2}\n{3}\n");
  }
  EXPECT_GE(failures, 15U);
}

}  // namespace
}  // namespace synthv1::test
