// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/check_endpoint.h"

#include "synthv1/base/json_parse.h"
#include "tests/support/openai_endpoint.h"

#include <algorithm>
#include <thread>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kKey = "sk-very-secret-4711";

GenerateOptions options_for(const FakeEndpoint& server) {
  GenerateOptions options;
  options.model = "test-model";
  options.base_url = server.url() + "/v1";
  options.api_key = kKey;
  options.seed = 5;
  return options;
}

EndpointCheck check_of(const FakeEndpoint& server) {
  return check_endpoint(options_for(server), default_catalogue()).value();
}

std::size_t chats(const FakeEndpoint& server) {
  const auto requests = server.requests();
  return static_cast<std::size_t>(
      std::ranges::count_if(requests, [](const FakeRequest& request) { return request.method == "POST"; }));
}

/// The word that the schema of a request demands; empty where it demands none.
std::string word_demanded(const FakeRequest& request) {
  const auto body = json::parse(request.body);
  const json::Value* value = body ? &*body : nullptr;
  for (const char* key : {"response_format", "json_schema", "schema", "properties", "mark", "enum"}) {
    value = value == nullptr ? nullptr : value->find(key);
  }
  return value == nullptr ? std::string() : std::string(*value->as_array()->front().as_string());
}

/// What a server that keeps replies to their schema says.
std::string obedient(const FakeRequest& request) {
  std::string content = session_content(plan_of(request));
  const std::string word = word_demanded(request);
  return word.empty() ? content : content.replace(0, 1, R"({"mark":")" + word + R"(",)");
}

using Fault = std::function<std::optional<Answer>(const FakeRequest&)>;

/// `answer` for chats; the list of models stays.
Fault for_chats(std::function<std::optional<Answer>(const FakeRequest&)> answer) {
  return [answer = std::move(answer)](const FakeRequest& request) {
    return request.method == "POST" ? answer(request) : std::nullopt;
  };
}

Fault obeying() {
  return for_chats([](const FakeRequest& request) { return complete(obedient(request)); });
}

Fault refusing(std::vector<std::string> formats) {
  return for_chats([formats = std::move(formats)](const FakeRequest& request) -> std::optional<Answer> {
    for (const std::string& format : formats) {
      if (!request.body.contains("\"type\":\"" + format + "\"")) continue;
      return respond(400, R"({"error":{"message":"response_format is not supported","code":400}})");
    }
    return std::nullopt;
  });
}

TEST(CheckEndpoint, T73AServerThatObeysTheSchemaShowsIt) {
  FakeEndpoint server(openai_script(obeying(), {"other", "test-model"}));
  const EndpointCheck found = check_of(server);
  EXPECT_TRUE(found.usable());
  EXPECT_EQ(found.schema, SchemaObedience::obeyed);
  EXPECT_THAT(found.models, ElementsAre("other", "test-model"));
  EXPECT_EQ(found.model_named, "test-model");
  EXPECT_EQ(found.session_fault, "");
  EXPECT_EQ(found.completion_tokens, 50);
  EXPECT_TRUE(found.tokens_counted);
  EXPECT_EQ(chats(server), 2U);
  EXPECT_EQ(found.requests, 2U);
  // The messages do not say what only the schema demands.
  const FakeRequest first = server.requests().front();
  EXPECT_FALSE(word_demanded(first).empty());
  EXPECT_THAT(last_message(first), Not(HasSubstr(word_demanded(first))));
}

TEST(CheckEndpoint, T73AServerThatIgnoresTheSchemaIsFoundOut) {
  FakeEndpoint server(openai_script());
  const EndpointCheck found = check_of(server);
  EXPECT_TRUE(found.usable());
  EXPECT_EQ(found.schema, SchemaObedience::ignored);
  EXPECT_EQ(found.session_fault, "");
}

TEST(CheckEndpoint, T73ProseIsNoObedience) {
  FakeEndpoint server(openai_script(for_chats(
      [](const FakeRequest&) -> std::optional<Answer> { return complete("I would rather not."); })));
  const EndpointCheck found = check_of(server);
  EXPECT_TRUE(found.usable());
  EXPECT_EQ(found.schema, SchemaObedience::ignored);
  EXPECT_THAT(found.session_fault, HasSubstr("no_json"));
}

TEST(CheckEndpoint, ACutReplyLeavesItOpen) {
  FakeEndpoint server(openai_script(for_chats(
      [](const FakeRequest&) -> std::optional<Answer> { return complete("{\"dialogue\":[", "length"); })));
  const EndpointCheck found = check_of(server);
  EXPECT_EQ(found.schema, SchemaObedience::unknown);
  EXPECT_THAT(found.session_fault, HasSubstr("cut off"));
}

TEST(CheckEndpoint, AServerThatRefusesTheFormatIsAskedWithout) {
  FakeEndpoint schema_only(openai_script(refusing({"json_schema"})));
  EndpointCheck found = check_of(schema_only);
  EXPECT_TRUE(found.usable());
  EXPECT_EQ(found.schema, SchemaObedience::refused);
  EXPECT_EQ(found.format, ReplyFormat::json_object);
  EXPECT_EQ(chats(schema_only), 3U);

  FakeEndpoint both(openai_script(refusing({"json_schema", "json_object"})));
  found = check_of(both);
  EXPECT_TRUE(found.usable());
  EXPECT_EQ(found.format, ReplyFormat::none);
  EXPECT_EQ(chats(both), 3U);
  EXPECT_EQ(found.completion_tokens, 50);
}

TEST(CheckEndpoint, AServerThatListsNothingIsStillOfUse) {
  FakeEndpoint server([](const FakeRequest& request) -> Answer {
    if (request.method == "GET") return respond(404, R"({"detail":"Not Found"})");
    return complete(obedient(request));
  });
  const EndpointCheck found = check_of(server);
  EXPECT_TRUE(found.usable());
  EXPECT_TRUE(found.models.empty());
}

TEST(CheckEndpoint, T14NoSuchModelNamesThoseThatThereAre) {
  FakeEndpoint server(openai_script(
      for_chats([](const FakeRequest&) -> std::optional<Answer> {
        return respond(404, R"({"error":{"message":"The model `test-model` does not exist.","code":404}})");
      }),
      {"test-modle", "big-model"}));
  const EndpointCheck found = check_of(server);
  ASSERT_FALSE(found.usable());
  EXPECT_EQ(found.failure->kind, ErrorKind::endpoint);
  EXPECT_THAT(found.failure->message, HasSubstr("test-modle, big-model"));
  EXPECT_THAT(found.failure->message, HasSubstr("did you mean 'test-modle'?"));
  EXPECT_EQ(chats(server), 1U);
}

TEST(CheckEndpoint, T11ARefusedKeyNamesTheCureAndNotTheKey) {
  FakeEndpoint server([](const FakeRequest&) {
    return respond(401, R"({"error":{"message":"Incorrect API key provided: sk-very-secret-4711"}})");
  });
  const EndpointCheck found = check_of(server);
  ASSERT_FALSE(found.usable());
  EXPECT_THAT(found.failure->message, HasSubstr("set --api_key"));
  EXPECT_THAT(found.failure->message, Not(HasSubstr(std::string(kKey))));
  EXPECT_EQ(chats(server), 1U);
}

TEST(CheckEndpoint, NobodyThereEndsAsARunDoes) {
  GenerateOptions options;
  {
    const FakeEndpoint server(openai_script());
    options = options_for(server);
  }
  const EndpointCheck found = check_endpoint(options, default_catalogue()).value();
  ASSERT_FALSE(found.usable());
  EXPECT_THAT(found.failure->message, HasSubstr("start a server there"));
  EXPECT_EQ(found.requests, 0U);
}

TEST(CheckEndpoint, T28ASilentServerEndsByTheDeadlineAfterOneCall) {
  FakeEndpoint server([](const FakeRequest&) -> Answer { return {Stall{}}; });
  GenerateOptions options = options_for(server);
  options.client.deadlines.idle = 50ms;
  const EndpointCheck found = check_endpoint(options, default_catalogue()).value();
  ASSERT_FALSE(found.usable());
  EXPECT_THAT(found.failure->message, HasSubstr("--idle_timeout"));
  EXPECT_EQ(chats(server), 1U);
}

TEST(CheckEndpoint, T15AFailureThatPassesIsTriedAgain) {
  FakeEndpoint server(openai_script(for_chats([](const FakeRequest& request) -> std::optional<Answer> {
    if (request.number == 0) return respond(500, R"({"error":{"message":"out of luck"}})");
    return complete(obedient(request));
  })));
  const EndpointCheck found = check_of(server);
  EXPECT_TRUE(found.usable());
  EXPECT_EQ(found.schema, SchemaObedience::obeyed);
}

TEST(CheckEndpoint, AFailureThatStaysTakesThreeCalls) {
  FakeEndpoint server([](const FakeRequest&) {
    return respond(429, R"({"error":{"message":"slow down"}})", {{"retry-after-ms", "20"}});
  });
  const EndpointCheck found = check_of(server);
  ASSERT_FALSE(found.usable());
  EXPECT_THAT(found.failure->message, HasSubstr("429: slow down; "));
  EXPECT_EQ(chats(server), 3U);
}

TEST(CheckEndpoint, T76WithoutUsageTokensAreEstimated) {
  FakeEndpoint server(openai_script(for_chats([](const FakeRequest& request) -> std::optional<Answer> {
    std::string body = completion_body(obedient(request));
    return respond(200, body.replace(body.find("\"usage\""), 7, "\"unused\""));
  })));
  const EndpointCheck found = check_of(server);
  EXPECT_FALSE(found.tokens_counted);
  EXPECT_GT(found.completion_tokens, 20);
}

TEST(CheckEndpoint, EndsWhenItIsToldTo) {
  for (const std::size_t hanging : {0U, 1U, 2U}) {  // a chat, the list of models, a chat
    FakeEndpoint server([hanging](const FakeRequest& request) -> Answer {
      if (request.number == hanging) return {Stall{}};
      return complete(obedient(request));
    });
    std::stop_source source;
    const std::jthread stopper([&] {
      EXPECT_TRUE(server.wait_for_requests(hanging + 1));
      source.request_stop();
    });
    const auto found = check_endpoint(options_for(server), default_catalogue(), source.get_token());
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::stopped);
    EXPECT_EQ(server.counts().requests, hanging + 1);
  }
}

TEST(CheckEndpoint, TheEmbeddedWriterNeedsNone) {
  GenerateOptions options;
  options.model = "builtin";
  const auto found = check_endpoint(options, default_catalogue());
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->usable());
  EXPECT_EQ(found->requests, 0U);
}

}  // namespace
}  // namespace synthv1::test
