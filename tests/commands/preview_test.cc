// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/preview.h"

#include "synthv1/base/json_parse.h"
#include "tests/support/memory_files.h"
#include "tests/support/openai_endpoint.h"
#include "tests/support/temporary_folder.h"

#include <atomic>
#include <thread>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::HasSubstr;

GenerateOptions small_run(const std::string& model, const std::string& base_url = "http://127.0.0.1:9/v1") {
  GenerateOptions options;
  options.model = model;
  options.out = "/nowhere/x.json";
  options.plan.num_sessions = 3;
  options.plan.min_turns = 4;
  options.plan.max_turns = 8;
  options.plan.max_scenes = 2;
  options.num_questions = 1;
  options.diversify = false;
  options.seed = 11;
  options.base_url = base_url;
  options.max_retries = 2;
  return options;
}

/// The first chunk of the dataset that these options make.
std::string first_chunk(GenerateOptions options) {
  const TemporaryFolder folder;
  options.out = folder.path("x.json");
  MemoryFiles files;
  SilentProgress progress;
  EXPECT_TRUE(generate(options, default_catalogue(), files, progress));
  const auto record = json::parse(files.texts.at(options.out));
  return std::string(*record->find("chunks")->as_array()->front().as_string());
}

std::string chunk_of(const Preview& preview) { return make_chunk(preview.plan.date, preview.session.turns); }

TEST(PreviewSession, IsTheFirstOfTheEmbeddedWriter) {
  const GenerateOptions options = small_run("builtin");
  const auto preview = preview_session(options, default_catalogue());
  ASSERT_TRUE(preview) << preview.error().message;
  EXPECT_EQ(chunk_of(*preview), first_chunk(options));
  EXPECT_EQ(preview->calls.calls, 0U);
}

TEST(PreviewSession, IsTheFirstOfTheModel) {
  FakeEndpoint server(openai_script());
  const GenerateOptions options = small_run("test-model", server.url() + "/v1");
  const auto preview = preview_session(options, default_catalogue());
  ASSERT_TRUE(preview) << preview.error().message;
  EXPECT_EQ(server.counts().requests, 1U);
  EXPECT_EQ(preview->calls.calls, 1U);
  EXPECT_EQ(chunk_of(*preview), first_chunk(options));
}

TEST(PreviewSession, AsksAgainAsARunDoes) {
  FakeEndpoint server(openai_script([](const FakeRequest& request) -> std::optional<Answer> {
    if (request.number > 0) return std::nullopt;
    return complete(session_content(plan_of(request), Slip::not_stated));
  }));
  const auto preview = preview_session(small_run("test-model", server.url() + "/v1"), default_catalogue());
  ASSERT_TRUE(preview) << preview.error().message;
  EXPECT_EQ(preview->calls.calls, 2U);
  EXPECT_EQ(preview->calls.refused.at("faulty"), 1U);
}

TEST(PreviewSession, ASessionThatIsNeverGoodIsAnError) {
  FakeEndpoint server(openai_script([](const FakeRequest& request) -> std::optional<Answer> {
    return complete(session_content(plan_of(request), Slip::prose));
  }));
  const auto preview = preview_session(small_run("test-model", server.url() + "/v1"), default_catalogue());
  ASSERT_FALSE(preview);
  EXPECT_EQ(preview.error().kind, ErrorKind::endpoint);
  EXPECT_THAT(preview.error().message, HasSubstr("no good session in 3 replies"));
}

TEST(PreviewSession, EndsWhenItIsToldTo) {
  FakeEndpoint server([](const FakeRequest&) -> Answer { return {Stall{}}; });
  std::stop_source source;
  const std::jthread stopper([&] {
    EXPECT_TRUE(server.wait_for_requests(1));
    source.request_stop();
  });
  const auto preview =
      preview_session(small_run("test-model", server.url() + "/v1"), default_catalogue(), source.get_token());
  ASSERT_FALSE(preview);
  EXPECT_EQ(preview.error().kind, ErrorKind::stopped);
}

}  // namespace
}  // namespace synthv1::test
