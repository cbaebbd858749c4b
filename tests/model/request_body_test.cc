// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/request_body.h"

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

ChatRequest request() {
  return {.messages = {{"system", "Say \"hi\"."}, {"user", "你好\n"}},
          .schema_name = "session",
          .schema = R"({"type":"object"})",
          .max_tokens = 700,
          .purpose = "session"};
}

TEST(RequestBody, HasItsKeysInOrder) {
  EXPECT_EQ(
      request_body(request(), "Qwen/Qwen3", 0.8, {}),
      R"({"model":"Qwen/Qwen3","messages":[{"role":"system","content":"Say \"hi\"."},)"
      R"({"role":"user","content":"你好\n"}],"temperature":0.8,"max_tokens":700,"response_format":)"
      R"({"type":"json_schema","json_schema":{"name":"session","strict":true,"schema":{"type":"object"}}}})");
}

TEST(RequestBody, StepsDownToOlderFormats) {
  const std::string object = request_body(request(), "m", 1, {.format = ReplyFormat::json_object});
  EXPECT_TRUE(
      object.ends_with(R"("temperature":1,"max_tokens":700,"response_format":{"type":"json_object"}})"))
      << object;
  const std::string none = request_body(request(), "m", 0, {.format = ReplyFormat::none});
  EXPECT_TRUE(none.ends_with(R"("temperature":0,"max_tokens":700})")) << none;
}

TEST(RequestBody, LeavesOutWhatIsNotAskedFor) {
  ChatRequest plain = request();
  plain.schema.clear();
  plain.max_tokens = 0;
  const std::string body = request_body(plain, "m", 0.25, {});
  EXPECT_TRUE(body.ends_with(R"("temperature":0.25})")) << body;
}

TEST(RequestBody, HasWhatCuresALoop) {
  ChatRequest cured = request();
  cured.no_grammar = true;
  cured.frequency_penalty = 0.5;
  EXPECT_TRUE(request_body(cured, "m", 1, {})
                  .ends_with(R"("temperature":1,"frequency_penalty":0.5,"max_tokens":700})"));
  EXPECT_TRUE(request_body(cured, "m", 1, {.frequency_penalty = false})
                  .ends_with(R"("temperature":1,"max_tokens":700})"));
}

TEST(RequestBody, PutsTheLimitOtherwiseAndLeavesTheTemperatureOut) {
  const std::string body = request_body(
      request(), "m", 1, {.format = ReplyFormat::none, .completion_tokens = true, .temperature = false});
  EXPECT_TRUE(body.ends_with(R"(}],"max_completion_tokens":700})")) << body;
}

}  // namespace
}  // namespace synthv1
