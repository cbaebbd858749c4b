// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/ordered_output.h"

#include "tests/support/memory_files.h"

#include <atomic>
#include <numeric>
#include <thread>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Heard : public SilentProgress {
 public:
  void record_done(const RecordSummary& summary) override { records.push_back(summary.index); }
  std::vector<std::uint32_t> records;
};

FinishedRecord record(std::uint32_t index, std::uint64_t imperfections = 0) {
  return {.json = std::to_string(index), .summary = {.index = index}, .imperfections = imperfections};
}

/// An output into memory; `window` records are held back at most.
struct Output {
  explicit Output(std::uint32_t window = 100) : ordered(writer, heard, window) {}

  /// What the file would be by now.
  std::string text() {
    EXPECT_TRUE(writer.commit());
    return files.texts.at("x");
  }

  MemoryFiles files;
  DatasetWriter writer = DatasetWriter::open(files, "x", DatasetLayout::lines).value();
  Heard heard;
  OrderedOutput ordered;
};

TEST(OrderedOutput, WritesInOrderWhateverComesFirst) {
  std::vector<std::uint32_t> arrival = {0, 1, 2, 3, 4};
  do {
    Output output;
    for (const std::uint32_t index : arrival) EXPECT_TRUE(output.ordered.put(index, record(index, index)));
    EXPECT_EQ(output.text(), "0\n1\n2\n3\n4\n");
    EXPECT_THAT(output.heard.records, ElementsAre(0, 1, 2, 3, 4));
    EXPECT_EQ(output.ordered.written(), 5U);
    EXPECT_EQ(output.ordered.next(), 5U);
    EXPECT_EQ(output.ordered.imperfections(), 10U);
    EXPECT_EQ(output.ordered.error(), std::nullopt);
  } while (std::next_permutation(arrival.begin(), arrival.end()));
}

TEST(OrderedOutput, WhatIsAheadWaits) {
  Output output;
  output.ordered.put(2, record(2));
  output.ordered.put(1, record(1));
  EXPECT_EQ(output.ordered.written(), 0U);
  output.ordered.put(0, record(0));
  EXPECT_EQ(output.ordered.written(), 3U);
}

TEST(OrderedOutput, SkippedRecordsHoldNothingUp) {
  Output output;
  output.ordered.skip(1);
  output.ordered.put(2, record(2));
  EXPECT_EQ(output.ordered.next(), 0U);
  output.ordered.put(0, record(0));
  output.ordered.skip(3);
  EXPECT_EQ(output.text(), "0\n2\n");
  EXPECT_EQ(output.ordered.next(), 4U);
  EXPECT_EQ(output.ordered.written(), 2U);
}

TEST(OrderedOutput, RoomIsWithinTheWindow) {
  Output output(2);
  EXPECT_TRUE(output.ordered.wait_for_room(0));
  EXPECT_TRUE(output.ordered.wait_for_room(1));
  std::uint32_t seen = 0;
  std::thread waiting([&] {
    EXPECT_TRUE(output.ordered.wait_for_room(3));
    seen = output.ordered.next();
  });
  output.ordered.put(1, record(1));
  output.ordered.put(0, record(0));
  waiting.join();
  EXPECT_EQ(seen, 2U);
}

TEST(OrderedOutput, SkippingMakesRoomToo) {
  Output output(1);
  std::thread waiting([&] { EXPECT_TRUE(output.ordered.wait_for_room(1)); });
  output.ordered.skip(0);
  waiting.join();
}

TEST(OrderedOutput, StoppingEndsAllWaiting) {
  Output output(1);
  std::vector<std::jthread> waiting;
  for (std::uint32_t i = 1; i < 4; ++i) {
    waiting.emplace_back([&output, i] { EXPECT_FALSE(output.ordered.wait_for_room(i)); });
  }
  output.ordered.stop({ErrorKind::stopped, "stopped"});
  output.ordered.stop({ErrorKind::disk, "later"});
  waiting.clear();
  EXPECT_EQ(output.ordered.error()->message, "stopped");
  EXPECT_FALSE(output.ordered.put(0, record(0)));
  EXPECT_EQ(output.ordered.written(), 0U);
}

TEST(OrderedOutput, AFailingWriterEndsIt) {
  Output output(3);
  output.files.fail_at = output.files.operations + 7;  // two records of three appends each, and one more
  EXPECT_TRUE(output.ordered.put(0, record(0)));
  EXPECT_TRUE(output.ordered.put(3, record(3)));
  EXPECT_TRUE(output.ordered.put(1, record(1)));
  EXPECT_FALSE(output.ordered.put(2, record(2)));
  EXPECT_EQ(output.ordered.error()->kind, ErrorKind::disk);
  EXPECT_THAT(output.ordered.error()->message, HasSubstr("disk full"));
  EXPECT_THAT(output.heard.records, ElementsAre(0, 1));
  EXPECT_EQ(output.ordered.written(), 2U);
  EXPECT_EQ(output.ordered.next(), 2U);
  EXPECT_FALSE(output.ordered.wait_for_room(4));
  EXPECT_FALSE(output.ordered.put(4, record(4)));
}

TEST(OrderedOutput, ManyThreads) {
  constexpr std::uint32_t kRecords = 2'000;
  Output output(8);
  std::atomic<std::uint32_t> next = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (std::uint32_t index = next++; index < kRecords; index = next++) {
        if (!output.ordered.wait_for_room(index)) return;
        if (index % 17 == 3) {
          output.ordered.skip(index);
        } else {
          output.ordered.put(index, record(index));
        }
      }
    });
  }
  threads.clear();
  std::string expected;
  for (std::uint32_t index = 0; index < kRecords; ++index) {
    if (index % 17 != 3) expected += std::to_string(index) + "\n";
  }
  EXPECT_EQ(output.text(), expected);
  EXPECT_EQ(output.ordered.next(), kRecords);
}

}  // namespace
}  // namespace synthv1::test
