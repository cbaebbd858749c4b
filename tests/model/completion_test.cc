// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/completion.h"

#include "tests/support/openai_endpoint.h"

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

using namespace std::chrono_literals;

std::expected<ChatReply, Failure> read(std::string body, std::vector<net::Header> headers = {}) {
  return parse_completion({.status = 200, .headers = std::move(headers), .body = std::move(body)},
                          std::chrono::sys_seconds(1'700'000'000s));
}
/// A completion whose one choice has this message and end.
std::expected<ChatReply, Failure> read_message(const std::string& message,
                                               const std::string& finish = R"("stop")") {
  return read(R"({"choices":[{"index":0,"message":)" + message + R"(,"finish_reason":)" + finish + "}]}");
}

TEST(Completion, ReadsAReply) {
  const auto reply = read(test::completion_body("hello"));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->content, "hello");
  EXPECT_EQ(reply->finish_reason, "stop");
  EXPECT_EQ(reply->usage.prompt_tokens, 100);
  EXPECT_EQ(reply->model, "test-model");
  EXPECT_EQ(reply->usage.completion_tokens, 50);
}

TEST(Completion, T23T24AnErrorInsideIsNoSuccess) {
  const auto inner = read(R"({"error":{"code":502,"message":"provider died"}})");
  ASSERT_FALSE(inner);
  EXPECT_EQ(inner.error().error.kind, CallClass::transient);
  EXPECT_EQ(inner.error().error.label, "200 with error 502");
  EXPECT_EQ(read(R"({"error":{"code":"429","message":"m"}})").error().error.kind, CallClass::capacity);
  EXPECT_EQ(read(R"({"error":{"code":401,"message":"m"}})").error().error.kind, CallClass::fatal_run);
  EXPECT_EQ(read(R"({"error":{"type":"rate_limit_error","message":"m"}})").error().error.kind,
            CallClass::capacity);
  EXPECT_EQ(read(R"({"object":"error","message":"m","code":null})").error().error.kind, CallClass::transient);
  EXPECT_EQ(read(R"({"error":"insufficient credits","choices":[]})").error().error.kind,
            CallClass::transient);
}

TEST(Completion, T25T34T35BrokenBodiesAreTransientAndToldApart) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"<html><title>proxy</title></html>", "proxy page"},
      {"", "empty body"},
      {"  \r\n", "empty body"},
      {R"({"choices":[{"message":{"content":"ab)", "broken body"},
      {"ok", "broken body"},
      {"{}", "incomplete"},
      {"[]", "incomplete"},
      {"null", "incomplete"},
  };
  for (const auto& [body, label] : rows) {
    const auto reply = read(body);
    ASSERT_FALSE(reply) << body;
    EXPECT_EQ(reply.error().error.kind, CallClass::transient) << body;
    EXPECT_EQ(reply.error().error.label, label) << body;
  }
}

TEST(Completion, T66KeepsTheEnd) {
  for (const char* end : {"stop", "length", "content_filter", "eos", "banana", ""}) {
    EXPECT_EQ(read(test::completion_body("x", end))->finish_reason, end);
  }
  EXPECT_EQ(read_message(R"({"content":"x"})", "null")->finish_reason, "");
  EXPECT_EQ(read_message(R"({"content":"x"})", "7")->finish_reason, "unknown");
  for (const char* end : {"abort", "error"}) {
    EXPECT_EQ(read(test::completion_body("x", end)).error().error.kind, CallClass::transient);
  }
}

TEST(Completion, T67RefusalIsAnEnd) {
  const auto reply = read_message(R"({"content":null,"refusal":"I cannot."})");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->finish_reason, "refusal");
  EXPECT_EQ(reply->content, "I cannot.");
}

TEST(Completion, T68ThoughtsAloneAreNoAnswer) {
  EXPECT_EQ(read_message(R"({"content":null,"reasoning":"hm"})")->finish_reason, "thoughts");
  EXPECT_EQ(read_message(R"({"content":"","reasoning_content":"hm"})")->finish_reason, "thoughts");
  EXPECT_EQ(read_message(R"({"content":null,"reasoning_content":"hm"})", R"("length")")->finish_reason,
            "length");
  EXPECT_EQ(read_message(R"({"content":"{}","reasoning_content":"hm"})")->finish_reason, "stop");
}

TEST(Completion, T70ToolCallsAreRecognised) {
  EXPECT_EQ(read_message(R"({"content":"","tool_calls":[{"function":{"name":"f","arguments":"{}"}}]})")
                ->finish_reason,
            "tool_calls");
  EXPECT_EQ(
      read_message(R"({"content":null,"tool_calls":[{"function":{"arguments":{"a":1}}}]})")->finish_reason,
      "tool_calls");
  EXPECT_EQ(read_message(R"({"content":"{}","tool_calls":[]})")->finish_reason, "stop");
}

TEST(Completion, T75JoinsParts) {
  EXPECT_EQ(read_message(R"({"content":[{"type":"text","text":"ab"},{"type":"image"},{"text":"c"},"d",7]})")
                ->content,
            "abcd");
  EXPECT_EQ(read_message(R"({"content":[]})")->content, "");
  EXPECT_EQ(read_message(R"({"content":7})").error().error.label, "incomplete");
}

TEST(Completion, T76TakesUsageOfAnyShape) {
  const auto usage = [](const char* text) {
    return read(std::string(R"({"choices":[{"message":{"content":"x"}}],"usage":)") + text + "}")->usage;
  };
  for (const char* nothing : {"null", "[]", "7", "{}", R"({"prompt_tokens":-5})", R"({"prompt_tokens":"12"})",
                              R"({"prompt_tokens":1e400})", R"({"prompt_tokens":99999999999999999999})",
                              R"({"prompt_tokens":1.5})", R"({"prompt_tokens":null})"}) {
    EXPECT_EQ(usage(nothing).prompt_tokens, std::nullopt) << nothing;
  }
  EXPECT_EQ(usage(R"({"prompt_tokens":3,"completion_tokens":4,"total_tokens":99})").completion_tokens, 4);
}

TEST(Completion, T77ChoicesOfAnyShape) {
  for (const char* body :
       {R"({"choices":[]})", R"({"choices":null})", R"({"choices":{}})", R"({"choices":[7]})",
        R"({"choices":[{"message":null}]})", R"({"choices":[{"index":0}]})"}) {
    const auto reply = read(body);
    ASSERT_FALSE(reply) << body;
    EXPECT_EQ(reply.error().error.label, "incomplete") << body;
  }
  EXPECT_EQ(
      read(R"({"choices":[{"index":1,"message":{"content":"b"}},{"index":0,"message":{"content":"a"}}]})")
          ->content,
      "a");
  EXPECT_EQ(read(R"({"choices":[{"message":{"content":"a"}}]})")->content, "a");
}

TEST(Completion, T72SurvivesHostileText) {
  EXPECT_FALSE(read(std::string(200'000, '[')));
  EXPECT_FALSE(read_message(R"({"content":"\ud83d"})"));
  EXPECT_EQ(read_message("{\"content\":\"a\xff"
                         "b\"}")
                ->content,
            "a\uFFFD"
            "b");
  EXPECT_EQ(read("\xEF\xBB\xBF" + test::completion_body("x"))->content, "x");
  EXPECT_TRUE(read_message("{\"content\":\"x\",\"n\":" + std::string(1'000'000, '9') + "}"));
}

}  // namespace
}  // namespace synthv1
