// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/generate.h"

#include "tests/support/memory_files.h"
#include "tests/support/openai_endpoint.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::HasSubstr;

/// Records of one short session each.
GenerateOptions small_records(std::uint32_t num_records) {
  GenerateOptions options;
  options.model = "builtin";
  options.out = "x.jsonl";
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

/// Records by a model; the journal lies on a real disk, the dataset does not.
class GenerateByModel : public testing::Test {
 protected:
  GenerateOptions records(std::uint32_t num_records) {
    GenerateOptions options = small_records(num_records);
    options.model = "test-model";
    options.base_url = server_.url() + "/v1";
    options.out = folder_.path("x.jsonl");
    return options;
  }

  TemporaryFolder folder_;
  FakeEndpoint server_{openai_script()};
};

TEST_F(GenerateByModel, TheSameWhateverIsInFlight) {
  std::string alone;
  for (const std::uint32_t llm_concurrency : {1U, 3U, 16U}) {
    GenerateOptions options = records(12);
    options.llm_concurrency = llm_concurrency;
    options.fresh = true;
    MemoryFiles files;
    EXPECT_EQ(run(options, files)->calls.replies, 12U);
    if (alone.empty()) alone = files.texts.at(options.out);
    EXPECT_TRUE(files.texts.at(options.out) == alone);
  }
  EXPECT_LE(server_.counts().peak_in_flight, 16U);
}

TEST_F(GenerateByModel, AFullDiskEndsTheCallsToo) {
  const GenerateOptions options = records(300);
  MemoryFiles files;
  files.fail_at = 2 + 3 * 3;  // checked and opened, three records of three appends each
  const auto done = run(options, files);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::disk);
  const std::string partial = options.out + ".partial.jsonl";
  EXPECT_THAT(done.error().message, HasSubstr("disk full; 3 whole records are in " + partial));
  EXPECT_EQ(std::ranges::count(files.texts.at(partial), '\n'), 3);
  EXPECT_LT(server_.counts().requests, 100U);
}

TEST_F(GenerateByModel, AnyFailingOperationLosesNoReply) {
  MemoryFiles whole;
  GenerateOptions options = records(4);
  ASSERT_TRUE(run(options, whole));
  for (std::size_t operation = 0; operation < whole.operations; ++operation) {
    options.fresh = true;
    MemoryFiles failing;
    failing.fail_at = operation;
    const auto failed = run(options, failing);
    const std::size_t asked = server_.counts().requests;
    options.fresh = false;
    MemoryFiles files;
    ASSERT_TRUE(run(options, files)) << operation;
    EXPECT_TRUE(files.texts == whole.texts) << operation;
    const std::size_t again = server_.counts().requests - asked;
    EXPECT_LE(again, failed.has_value() ? 0U : 4U) << operation;
  }
}

}  // namespace
}  // namespace synthv1::test
