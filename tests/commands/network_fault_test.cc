// SPDX-License-Identifier: Apache-2.0
// Runs by a model of which the N-th request or connection fails, for N = 0, 1, 2...
#include "synthv1/commands/generate.h"
#include "synthv1/model/journal_file.h"
#include "tests/support/counted_endpoint.h"
#include "tests/support/memory_files.h"
#include "tests/support/temporary_folder.h"

#include <deque>
#include <future>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kRecords = 3;
constexpr std::uint64_t kItems = kRecords * (2 + 1);  ///< two sessions and one batch of questions each
constexpr std::size_t kRunsAtOnce = 12;               ///< they mostly wait

/// What a server does instead of answering.
struct NetworkFault {
  std::string name;
  Answer answer;
};

const std::vector<NetworkFault>& faults() {
  static const std::string whole = http_response(200, completion_body("{}"));
  static const std::vector<NetworkFault> faults = {
      {"reset", {Reset{}}},
      {"closed", {Close{}}},
      {"cut in the head", {Send{whole.substr(0, 20)}, Close{}}},
      {"reset in the body", {Send{whole.substr(0, whole.size() - 9)}, Reset{}}},
      {"stalled in the body", {Send{whole.substr(0, whole.size() - 9)}, Stall{}}},
      {"stalled", {Stall{}}},
      {"no HTTP", {Send{"what?\r\n\r\n"}, Close{}}},
      {"500", respond(500, "oops")},
  };
  return faults;
}

GenerateOptions options_for(const CountedEndpoint& endpoint, const TemporaryFolder& folder) {
  GenerateOptions options;
  options.model = "test-model";
  options.out = folder.path("x.jsonl");
  options.plan.num_sessions = 2;
  options.plan.min_turns = 4;
  options.plan.max_turns = 6;
  options.plan.max_scenes = 2;
  options.num_questions = 4;
  options.num_records = kRecords;
  options.seed = 1;
  options.base_url = endpoint.url();
  options.client.deadlines.idle = 150ms;
  options.client.deadlines.connect = 1s;
  return options;
}

/// One run and what it left.
struct Ended {
  std::string what;
  Result<GenerateSummary> summary;
  std::string text;
  std::size_t requests = 0;  ///< that reached the server
  std::int64_t kept = 0;     ///< replies in the journal
};

Ended run(std::string what, CountedOptions server, std::uint32_t llm_concurrency) {
  const TemporaryFolder folder;
  CountedEndpoint endpoint(std::move(server));
  GenerateOptions options = options_for(endpoint, folder);
  options.llm_concurrency = llm_concurrency;
  MemoryFiles files;
  SilentProgress progress;
  auto summary = generate(options, default_catalogue(), files, progress, {});
  Ended ended{.what = std::move(what), .summary = std::move(summary), .text = files.texts[options.out]};
  ended.requests = endpoint.server().counts().requests;
  ended.kept = JournalFile::open_to_read(options.out + ".journal").value().count_replies().value();
  return ended;
}

/// Each item has one end, the counters add up, and the output is that of a run without faults.
void expect_whole(const Ended& ended, const std::string& text) {
  SCOPED_TRACE(ended.what);
  ASSERT_TRUE(ended.summary) << ended.summary.error().message;
  const CallCounters& calls = ended.summary->calls;
  std::uint64_t failures = 0;
  for (const auto& [label, count] : calls.failures) failures += count;
  EXPECT_EQ(failures, 1U);
  EXPECT_EQ(calls.calls, calls.replies + failures);
  EXPECT_EQ(calls.replies, kItems);
  EXPECT_EQ(calls.accepted, kItems);
  EXPECT_EQ(ended.kept, static_cast<std::int64_t>(kItems));
  EXPECT_TRUE(ended.text == text);
}

/// Runs, several at once: they mostly wait for deadlines and pauses.
class Runs {
 public:
  void add(std::string what, CountedOptions server, std::uint32_t llm_concurrency) {
    if (running_.size() == kRunsAtOnce) end_one();
    running_.push_back(std::async(
        std::launch::async, [what = std::move(what), server = std::move(server), llm_concurrency]() mutable {
          return run(std::move(what), std::move(server), llm_concurrency);
        }));
  }
  std::vector<Ended> take() {
    while (!running_.empty()) end_one();
    return std::move(ended_);
  }

 private:
  void end_one() {
    ended_.push_back(running_.front().get());
    running_.pop_front();
  }

  std::deque<std::future<Ended>> running_;
  std::vector<Ended> ended_;
};

const std::string& whole_text() {
  static const std::string text = run("whole", {}, 1).text;
  return text;
}

TEST(NetworkFault, WhateverHappensToTheNthRequestNothingIsMissing) {
  Runs runs;
  for (const NetworkFault& fault : faults()) {
    for (std::size_t nth = 0; nth < kItems; ++nth) {
      CountedOptions server{.fault = [nth, answer = fault.answer](const FakeRequest& request) {
        return request.number == nth ? std::optional(answer) : std::nullopt;
      }};
      server.keep_alive = false;  // a kept connection that dies is tried again unasked
      runs.add(fmt::format("request {}: {}", nth, fault.name), std::move(server), nth % 2 == 0 ? 1 : 3);
    }
  }
  for (const Ended& ended : runs.take()) {
    expect_whole(ended, whole_text());
    EXPECT_EQ(ended.requests, kItems + 1) << ended.what;
  }
}

TEST(NetworkFault, WhateverHappensToTheNthConnectionNothingIsMissing) {
  Runs runs;
  for (const NetworkFault& fault : faults()) {
    if (fault.name == "500") continue;
    for (std::size_t nth = 0; nth < kItems; nth += 2) {
      CountedOptions server{.accepted = [nth, number = std::size_t{0}, answer = fault.answer]() mutable {
        return number++ == nth ? answer : Answer{};
      }};
      server.keep_alive = false;
      runs.add(fmt::format("connection {}: {}", nth, fault.name), std::move(server), nth % 4 == 0 ? 1 : 3);
    }
  }
  for (const Ended& ended : runs.take()) expect_whole(ended, whole_text());
}

TEST(NetworkFault, T32AKeptConnectionThatDiesIsNotCharged) {
  for (std::size_t nth = 1; nth < kItems; ++nth) {
    const Ended ended =
        run(fmt::format("request {}", nth),
            {.fault =
                 [nth](const FakeRequest& request) {
                   return request.number == nth ? std::optional(Answer{Close{}}) : std::nullopt;
                 }},
            1);
    ASSERT_TRUE(ended.summary) << ended.summary.error().message;
    EXPECT_EQ(ended.summary->calls.calls, kItems) << ended.what;
    EXPECT_EQ(ended.requests, kItems + 1) << ended.what;
    EXPECT_TRUE(ended.text == whole_text()) << ended.what;
  }
}

}  // namespace
}  // namespace synthv1::test
