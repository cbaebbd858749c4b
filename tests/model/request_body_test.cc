// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/request_body.h"

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

std::string body_of(const ChatRequest& request, std::string_view model, double temperature,
                    const RequestForm& form) {
  return request_body(request, model, temperature, form).text();
}

ChatRequest request() {
  return {.messages = {{"system", "Say \"hi\"."}, {"user", "你好\n"}},
          .schema_name = "session",
          .schema = R"({"type":"object"})",
          .max_tokens = 700,
          .purpose = "session"};
}

TEST(RequestBody, HasItsKeysInOrder) {
  EXPECT_EQ(
      body_of(request(), "Qwen/Qwen3", 0.8, {}),
      R"({"model":"Qwen/Qwen3","messages":[{"role":"system","content":"Say \"hi\"."},)"
      R"({"role":"user","content":"你好\n"}],"temperature":0.8,"max_tokens":700,"response_format":)"
      R"({"type":"json_schema","json_schema":{"name":"session","strict":true,"schema":{"type":"object"}}}})");
}

TEST(RequestBody, StepsDownToOlderFormats) {
  const std::string object = body_of(request(), "m", 1, {.format = ReplyFormat::json_object});
  EXPECT_TRUE(
      object.ends_with(R"("temperature":1,"max_tokens":700,"response_format":{"type":"json_object"}})"))
      << object;
  const std::string none = body_of(request(), "m", 0, {.format = ReplyFormat::none});
  EXPECT_TRUE(none.ends_with(R"("temperature":0,"max_tokens":700})")) << none;
}

TEST(RequestBody, LeavesOutWhatIsNotAskedFor) {
  ChatRequest plain = request();
  plain.schema.clear();
  plain.max_tokens = 0;
  const std::string body = body_of(plain, "m", 0.25, {});
  EXPECT_TRUE(body.ends_with(R"("temperature":0.25})")) << body;
}

TEST(RequestBody, HasWhatCuresALoop) {
  ChatRequest cured = request();
  cured.no_grammar = true;
  cured.frequency_penalty = 0.5;
  EXPECT_TRUE(
      body_of(cured, "m", 1, {}).ends_with(R"("temperature":1,"frequency_penalty":0.5,"max_tokens":700})"));
  EXPECT_TRUE(
      body_of(cured, "m", 1, {.frequency_penalty = false}).ends_with(R"("temperature":1,"max_tokens":700})"));
}

TEST(RequestBody, PutsTheLimitOtherwiseAndLeavesTheTemperatureOut) {
  const std::string body = body_of(
      request(), "m", 1, {.format = ReplyFormat::none, .completion_tokens = true, .temperature = false});
  EXPECT_TRUE(body.ends_with(R"(}],"max_completion_tokens":700})")) << body;
}

TEST(RequestBody, WhatMessagesShareIsNotCopiedAndReadsAsOneText) {
  const auto shared = std::make_shared<const SharedText>("line \"one\"\n两\n");
  const ChatRequest parted{
      .messages = {{"system", "s"}, {.role = "user", .content = "\"end\"", .before = shared}}};
  const ChatRequest whole{.messages = {{"system", "s"}, {"user", "line \"one\"\n两\n\"end\""}}};
  const net::Body body = request_body(parted, "m", 1, {});
  EXPECT_EQ(body.shared, shared->escaped());
  EXPECT_EQ(body.text(), body_of(whole, "m", 1, {}));
  EXPECT_EQ(body.size(), body.text().size());
}

}  // namespace
}  // namespace synthv1
