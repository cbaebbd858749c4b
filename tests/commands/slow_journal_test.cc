// SPDX-License-Identifier: Apache-2.0
// A run whose journal lies on a disk that stalls.
#include "synthv1/commands/generate.h"
#include "tests/support/counted_endpoint.h"
#include "tests/support/failing_disk.h"
#include "tests/support/memory_files.h"
#include "tests/support/temporary_folder.h"

#include <atomic>
#include <future>
#include <thread>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kRecords = 400;
constexpr std::uint32_t kSessions = 2;
constexpr std::uint64_t kItems = kRecords * kSessions;

std::atomic<bool> stalled;

/// Holds a sync up for as long as the disk is stalled.
bool stall(DiskStep step) {
  if (step == DiskStep::sync) stalled.wait(true);
  return false;
}

/// The requests that have reached the server, once none has for a while.
std::size_t settled_requests(const FakeEndpoint& server) {
  while (!stalled) std::this_thread::sleep_for(1ms);
  std::size_t before = 0;
  while (true) {
    std::this_thread::sleep_for(300ms);
    const std::size_t now = server.counts().requests;
    if (now == before) return now;
    before = now;
  }
}

TEST(SlowJournal, T94WhileItStallsCallsGoOnUpToABound) {
  const TemporaryFolder folder;
  CountedEndpoint endpoint({.fault = [](const FakeRequest& request) -> std::optional<Answer> {
    if (request.number == 0) stalled = true;
    return std::nullopt;
  }});
  GenerateOptions options;
  options.model = "test-model";
  options.out = folder.path("x.jsonl");
  options.plan.num_sessions = kSessions;
  options.plan.min_turns = options.plan.max_turns = 4;
  options.plan.max_scenes = 1;
  options.num_questions = 2;
  options.diversify = false;
  options.num_records = kRecords;
  options.seed = 1;
  options.base_url = endpoint.url();
  options.llm_concurrency = 4;
  FailingDisk disk;
  disk.set({.concerns = stall});
  auto run = std::async(std::launch::async, [&] {
    MemoryFiles files;
    SilentProgress progress;
    return generate(options, default_catalogue(), files, progress, {});
  });
  const std::size_t asked = settled_requests(endpoint.server());
  stalled = false;
  stalled.notify_all();
  const auto summary = run.get();
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_GT(asked, options.llm_concurrency);
  EXPECT_LT(asked, kItems / 4);
  EXPECT_EQ(summary->calls.accepted, kItems);
  EXPECT_EQ(static_cast<std::uint64_t>(total(endpoint.take_asked())), kItems);
}

}  // namespace
}  // namespace synthv1::test
