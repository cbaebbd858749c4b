// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/generate.h"

#include "tests/support/memory_files.h"
#include "tests/support/openai_endpoint.h"

#include <algorithm>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::HasSubstr;

/// Records of one short session each.
GenerateOptions small_records(std::uint32_t num_records) {
  GenerateOptions options{.model = "builtin", .out = "x.jsonl"};
  options.plan.num_sessions = 1;
  options.plan.min_turns = 4;
  options.plan.max_turns = 6;
  options.plan.max_scenes = 2;
  options.num_questions = 2;
  options.diversify = false;
  options.num_records = num_records;
  options.seed = 1;
  return options;
}

Result<GenerateSummary> run(const GenerateOptions& options, MemoryFiles& files) {
  SilentProgress progress;
  return generate(options, default_catalogue(), files, progress, {});
}

TEST(Generate, ByTheEmbeddedWriterOnAnyNumberOfThreads) {
  GenerateOptions options = small_records(20);
  std::string alone;
  for (const std::uint32_t threads : {1U, 2U, 5U}) {
    MemoryFiles files;
    options.threads = threads;
    EXPECT_EQ(run(options, files)->records, 20U);
    const std::string& text = files.texts.at("x.jsonl");
    EXPECT_EQ(std::ranges::count(text, '\n'), 20);
    if (alone.empty()) alone = text;
    EXPECT_TRUE(text == alone);
  }
}

TEST(Generate, ByAModelTheSameWhateverIsInFlight) {
  std::string alone;
  for (const std::uint32_t llm_concurrency : {1U, 3U, 16U}) {
    FakeEndpoint server(openai_script());
    GenerateOptions options = small_records(12);
    options.model = "test-model";
    options.base_url = server.url() + "/v1";
    options.llm_concurrency = llm_concurrency;
    MemoryFiles files;
    EXPECT_EQ(run(options, files)->calls.replies, 12U);
    if (alone.empty()) alone = files.texts.at("x.jsonl");
    EXPECT_TRUE(files.texts.at("x.jsonl") == alone);
    EXPECT_LE(server.counts().peak_in_flight, llm_concurrency);
  }
}

TEST(Generate, AFullDiskEndsTheCallsToo) {
  FakeEndpoint server(openai_script());
  GenerateOptions options = small_records(300);
  options.model = "test-model";
  options.base_url = server.url() + "/v1";
  MemoryFiles files;
  files.fail_at = 2 + 3 * 3;  // checked and opened, three records of three appends each
  const auto done = run(options, files);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::disk);
  EXPECT_THAT(done.error().message, HasSubstr("disk full; 3 whole records are in x.jsonl.partial.jsonl"));
  EXPECT_EQ(std::ranges::count(files.texts.at("x.jsonl.partial.jsonl"), '\n'), 3);
  EXPECT_LT(server.counts().requests, 100U);
}

}  // namespace
}  // namespace synthv1::test
