// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/openai_endpoint.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/model/ask.h"
#include "tests/support/certificates.h"
#include "tests/support/openai_endpoint.h"
#include "tests/support/run_coroutine.h"
#include "tests/support/test_clock.h"

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kKey = "sk-secret-0123456789";
constexpr std::string_view kPlan = "text\n\n```json\n{\"task\":\"paraphrase\",\"questions\":[]}\n```";

/// One endpoint over real sockets, asked with a clock that does not wait.
class Endpoint : public ::testing::Test {
 protected:
  void serve(Script script) { serve_with({.script = std::move(script)}); }
  void serve_with(FakeOptions options) {
    server_.emplace(std::move(options));
    connect(server_->url() + "/v1");
  }
  void connect(std::string url) {
    endpoint_ =
        OpenAiEndpoint::make(
            io_.get_executor(),
            {.base_url = std::move(url), .api_key = std::string(kKey), .model = "test-model", .http = http_},
            clock_)
            .value();
  }

  std::expected<ChatReply, CallError> call() {
    const ChatRequest request{.messages = {{"system", "s"}, {"user", std::string(kPlan)}},
                              .schema_name = "n",
                              .schema = R"({"type":"object"})",
                              .max_tokens = 700};
    return run_coroutine(io_, call_with(request));
  }
  asio::awaitable<std::expected<ChatReply, CallError>> call_with(ChatRequest request) {
    co_return co_await endpoint_->call(request);
  }
  AskOutcome ask_it(std::uint32_t max_retries = 5) {
    AskTask task{.max_retries = max_retries,
                 .make_request =
                     [](const Refusals&) {
                       return ChatRequest{.messages = {{"system", "s"}, {"user", std::string(kPlan)}}};
                     },
                 .check_reply = [](const ChatReply&) { return std::optional<std::string>(); },
                 .will_do = [] { return false; }};
    return run_coroutine(io_, ask(*endpoint_, run_, std::move(task)));
  }
  /// What call() says to that answer.
  CallError error_of(Answer answer) {
    serve(in_turn({std::move(answer)}));
    const auto reply = call();
    return reply ? CallError{.message = "no error", .label = {}, .retry_after = {}} : reply.error();
  }

  asio::io_context io_;
  TestClock clock_;
  RunState run_{clock_};
  net::ClientOptions http_{.deadlines = {10s, 10s, 10s}};
  std::optional<FakeEndpoint> server_;
  std::unique_ptr<OpenAiEndpoint> endpoint_;
};

TEST_F(Endpoint, AsksAndReadsTheReply) {
  serve(openai_script());
  const auto reply = call();
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->content, R"({"questions":[]})");
  EXPECT_GT(reply->usage.prompt_tokens, 0);
  const FakeRequest request = server_->requests().at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/v1/chat/completions");
  EXPECT_EQ(request.header("authorization"), "Bearer " + std::string(kKey));
  EXPECT_EQ(request.header("content-type"), "application/json");
  EXPECT_THAT(request.body, HasSubstr(R"("model":"test-model")"));
  EXPECT_THAT(request.body, Not(HasSubstr(kKey)));
}

TEST_F(Endpoint, SendsTheEmptyKeyToo) {
  serve(openai_script());
  endpoint_ =
      OpenAiEndpoint::make(io_.get_executor(), {.base_url = server_->url(), .model = "m"}, clock_).value();
  EXPECT_TRUE(call());
  EXPECT_EQ(server_->requests().at(0).header("authorization"), "Bearer EMPTY");
  EXPECT_EQ(server_->requests().at(0).target, "/chat/completions");
}

TEST_F(Endpoint, RefusesBadOptions) {
  const auto error = [&](EndpointOptions options) {
    return OpenAiEndpoint::make(io_.get_executor(), std::move(options), clock_).error().message;
  };
  EXPECT_THAT(error({.base_url = "localhost:8000", .model = "m"}), HasSubstr("--base_url"));
  EXPECT_THAT(error({.api_key = "sk-a\r\nX: b", .model = "m"}), Not(HasSubstr("sk-a")));
  EXPECT_THAT(error({.model = ""}), HasSubstr("--model"));
  EXPECT_TRUE(OpenAiEndpoint::make(io_.get_executor(), {.api_key = "sk-a\n", .model = "m"}, clock_));
}

TEST_F(Endpoint, TheKeyIsScrubbedOutOfWhatComesBack) {
  const std::string key(kKey);
  EXPECT_THAT(error_of(respond(401, R"({"error":{"message":"Incorrect API key: )" + key + "\"}}")).message,
              AllOf(HasSubstr("Incorrect API key: ***"), Not(HasSubstr("sk-"))));
  EXPECT_THAT(error_of(respond(500, std::string(295, 'x') + key)).message, Not(HasSubstr("sk-")));
  EXPECT_THAT(error_of(respond(302, "", {{"Location", "/" + key}})).message, Not(HasSubstr("sk-")));
  EXPECT_THAT(error_of(respond(500, R"({"error":{"message":"sk\u002dsecret-0123456789"}})")).message,
              Not(HasSubstr("secret")));
  serve(in_turn({complete("your key is " + key)}));
  EXPECT_EQ(call()->content, "your key is ***");
}

TEST_F(Endpoint, T21EveryErrorIsOneLine) {
  const CallError error = error_of(respond(500, "line one\nline two\r\n\tthree\x01"));
  EXPECT_THAT(error.message, Not(HasSubstr("\n")));
  EXPECT_THAT(error.message, HasSubstr("line one line two three"));
  EXPECT_EQ(error.kind, CallClass::transient);
}

TEST_F(Endpoint, T2T3WaitsComeThrough) {
  EXPECT_EQ(error_of(respond(429, "", {{"retry-after-ms", "250"}, {"retry-after", "30"}})).retry_after,
            250ms);
  EXPECT_EQ(error_of(respond(429, "",
                             {{"Date", "Sun, 06 Nov 1994 08:49:37 GMT"},
                              {"Retry-After", "Sun, 06 Nov 1994 08:49:40 GMT"}}))
                .retry_after,
            3s);
}

TEST_F(Endpoint, T8AUsedUpQuotaIsSaid) {
  const std::vector<net::Header> used_up = {{"x-ratelimit-remaining-requests", "0"},
                                            {"x-ratelimit-reset-requests", "1s"}};
  serve(in_turn({respond(200, completion_body("{}"), used_up), complete("{}")}));
  EXPECT_EQ(call()->quota_pause, 1s);
  EXPECT_EQ(call()->quota_pause, std::nullopt);
}

TEST_F(Endpoint, T5ALongWaitEndsTheRun) {
  const CallError error = error_of(respond(429, "", {{"Retry-After", "86400"}}));
  EXPECT_EQ(error.kind, CallClass::fatal_run);
  EXPECT_THAT(error.message, HasSubstr("24 h 0 min"));
}

TEST_F(Endpoint, T11KeysRefusedNameTheCure) {
  EXPECT_THAT(error_of(respond(401, R"({"error":"Unauthorized"})")).message,
              AllOf(HasSubstr("401: Unauthorized"), HasSubstr("--api_key"), HasSubstr("OPENAI_API_KEY")));
}

TEST_F(Endpoint, T11OneRefusedKeyAmongSuccessesIsTriedAgain) {
  serve(openai_script([](const FakeRequest& request) -> std::optional<Answer> {
    if (request.number == 1) return respond(401, R"({"error":"Unauthorized"})");
    return std::nullopt;
  }));
  EXPECT_EQ(ask_it().end, AskEnd::accepted);
  EXPECT_EQ(ask_it().end, AskEnd::accepted);
  EXPECT_EQ(server_->counts().requests, 3U);
}

TEST_F(Endpoint, T14NoSuchModelNamesThoseThereAre) {
  serve(openai_script(
      [](const FakeRequest& request) -> std::optional<Answer> {
        if (request.method == "GET") return std::nullopt;
        return respond(404, R"({"error":{"message":"The model `test-model` does not exist.","code":404}})");
      },
      {"test-modal", "other"}));
  const AskOutcome outcome = ask_it();
  EXPECT_EQ(outcome.end, AskEnd::stopped);
  EXPECT_THAT(outcome.message, AllOf(HasSubstr("does not exist"), HasSubstr("test-modal, other"),
                                     HasSubstr("did you mean 'test-modal'?"), HasSubstr("--model")));
  EXPECT_EQ(server_->requests().at(1).target, "/v1/models");
  EXPECT_EQ(server_->counts().requests, 2U);
}

TEST_F(Endpoint, T14AWrongPathNamesTheUrl) {
  const CallError error = error_of(respond(404, R"({"detail":"Not Found"})"));
  EXPECT_EQ(error.kind, CallClass::fatal_run);
  EXPECT_THAT(error.message, AllOf(HasSubstr("--base_url"), HasSubstr("/v1")));
}

TEST_F(Endpoint, T20RedirectsAreNotFollowed) {
  FakeEndpoint other([](const FakeRequest&) { return respond(200, "{}"); });
  const CallError error = error_of(respond(308, "", {{"Location", other.url() + "/v1/chat/completions"}}));
  EXPECT_EQ(error.kind, CallClass::fatal_run);
  EXPECT_EQ(other.counts().requests, 0U);
}

/// Refuses the formats named, as a server that does not know them.
Script refusing(std::vector<std::string> formats, unsigned status = 400) {
  return openai_script([=](const FakeRequest& request) -> std::optional<Answer> {
    for (const std::string& format : formats) {
      if (request.body.find("\"type\":\"" + format + "\"") == std::string::npos) continue;
      return respond(status, R"({"error":{"message":"unsupported","param":"response_format","code":null}})");
    }
    return std::nullopt;
  });
}

TEST_F(Endpoint, FallsBackOnceFromJsonSchema) {
  serve(refusing({"json_schema"}));
  EXPECT_TRUE(call());
  EXPECT_EQ(endpoint_->form().format, ReplyFormat::json_object);
  EXPECT_TRUE(call());
  EXPECT_EQ(server_->counts().requests, 3U);
}

TEST_F(Endpoint, T16FallsBackToNoFormatAtAll) {
  serve(refusing({"json_schema", "json_object"}, 501));
  EXPECT_TRUE(call());
  EXPECT_EQ(endpoint_->form().format, ReplyFormat::none);
  EXPECT_EQ(server_->counts().requests, 3U);
}

TEST_F(Endpoint, AServerThatRefusesEverythingFailsTheItem) {
  serve(in_turn({respond(400, R"({"error":{"message":"response_format, whatever you say"}})")}));
  EXPECT_EQ(call().error().kind, CallClass::fatal_item);
  EXPECT_EQ(server_->counts().requests, 3U);
}

constexpr std::string_view kNoMaxTokens =
    R"({"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use )"
    R"('max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens",)"
    R"("code":"unsupported_parameter"}})";
constexpr std::string_view kNoTemperature =
    R"({"error":{"message":"Unsupported value: 'temperature' does not support 0.8 with this model. Only the )"
    R"(default (1) value is supported.","type":"invalid_request_error","param":"temperature",)"
    R"("code":"unsupported_value"}})";

/// Refuses max_tokens first and then any temperature, as OpenAI's newer models.
Script newer_model() {
  return openai_script([](const FakeRequest& request) -> std::optional<Answer> {
    if (request.body.contains("\"max_tokens\":")) return respond(400, kNoMaxTokens);
    if (request.body.contains("\"temperature\":")) return respond(400, kNoTemperature);
    return std::nullopt;
  });
}

TEST_F(Endpoint, NewerModelsAreAskedTheirWay) {
  serve(newer_model());
  EXPECT_TRUE(call());
  EXPECT_EQ(server_->counts().requests, 3U);
  EXPECT_THAT(server_->requests().at(1).body, HasSubstr(R"("max_completion_tokens":700)"));
  EXPECT_THAT(server_->requests().at(2).body, Not(HasSubstr("temperature")));
  EXPECT_EQ(endpoint_->form().format, ReplyFormat::json_schema);
  EXPECT_TRUE(call());
  EXPECT_EQ(server_->counts().requests, 4U);
  EXPECT_THAT(server_->requests().at(3).body,
              AllOf(HasSubstr(R"("max_completion_tokens":700)"), HasSubstr("json_schema")));
}

TEST_F(Endpoint, APartRefusedIsNoFailure) {
  serve(newer_model());
  EXPECT_EQ(ask_it(0).end, AskEnd::accepted);
  EXPECT_EQ(run_.counters().calls, 1U);
  EXPECT_TRUE(run_.counters().failures.empty());
}

TEST_F(Endpoint, APartIsGivenUpOnce) {
  serve(in_turn({respond(400, kNoMaxTokens)}));
  EXPECT_EQ(call().error().kind, CallClass::fatal_item);
  EXPECT_EQ(server_->counts().requests, 2U);
  serve(in_turn({respond(400, kNoTemperature)}));
  const auto reply = call();
  EXPECT_THAT(reply.error().message, HasSubstr("'temperature' does not support 0.8"));
  EXPECT_EQ(server_->counts().requests, 2U);
}

TEST_F(Endpoint, EveryPartMayBeRefusedInTurn) {
  serve(in_turn({respond(400, kNoTemperature),
                 respond(400, R"({"error":{"message":"'response_format' is unknown"}})"),
                 respond(400, kNoMaxTokens),
                 respond(400, R"({"error":{"message":"'response_format' is unknown"}})"), complete("{}")}));
  EXPECT_TRUE(call());
  EXPECT_EQ(server_->counts().requests, 5U);
  const std::string body = server_->requests().at(4).body;
  EXPECT_THAT(body, AllOf(HasSubstr("max_completion_tokens"), Not(HasSubstr("temperature")),
                          Not(HasSubstr("response_format"))));
}

TEST_F(Endpoint, AValueOutOfRangeStandsAsItIs) {
  const CallError hot =
      error_of(respond(400, R"({"error":{"message":"Invalid 'temperature': 2.5 is above the maximum of 2.",)"
                            R"("param":"temperature","code":"decimal_above_max_value"}})"));
  EXPECT_EQ(hot.kind, CallClass::fatal_item);
  EXPECT_EQ(server_->counts().requests, 1U);
  error_of(respond(400, R"({"error":{"message":"max_tokens is too large: 700. This model supports at most )"
                        R"(512 completion tokens.","param":"max_tokens","code":null}})"));
  EXPECT_EQ(server_->counts().requests, 1U);
}

TEST_F(Endpoint, T16TheFirstItemsAllFailing) {
  serve(in_turn({respond(400, R"({"error":{"message":"no"}})")}));
  EXPECT_EQ(ask_it().end, AskEnd::failed);
  EXPECT_EQ(ask_it().end, AskEnd::failed);
  EXPECT_EQ(ask_it().end, AskEnd::stopped);
  EXPECT_EQ(ask_it().end, AskEnd::stopped);
  EXPECT_EQ(server_->counts().requests, 3U);
}

TEST_F(Endpoint, T18LoadingIsWaitedOut) {
  std::vector<Answer> answers(
      20, respond(503, R"({"error":{"code":503,"message":"Loading model","type":"unavailable_error"}})"));
  answers.push_back(complete("{}"));
  serve(in_turn(std::move(answers)));
  EXPECT_EQ(ask_it().end, AskEnd::accepted);
  EXPECT_EQ(run_.counters().failures.at("503"), 20U);
}

TEST_F(Endpoint, T31T33T34T35BrokenConnectionsAreTriedAgain) {
  const std::string whole = http_response(200, completion_body("{}"));
  const std::string close_delimited =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";
  const std::string body = completion_body("{}");
  serve(in_turn({Answer{Close{}}, Answer{Reset{}}, Answer{Send{whole.substr(0, whole.size() - 9)}, Close{}},
                 Answer{Send{close_delimited + body.substr(0, body.size() / 2)}, Close{}}, respond(200, ""),
                 complete("{}")}));
  EXPECT_EQ(ask_it().end, AskEnd::accepted);
  EXPECT_EQ(run_.counters().calls, 6U);
  EXPECT_EQ(run_.counters().replies, 1U);
  EXPECT_EQ(run_.counters().failures.at("broken body"), 1U);
  EXPECT_EQ(run_.counters().failures.at("empty body"), 1U);
}

TEST_F(Endpoint, T28T29SilenceAndStallsEndByTheIdleDeadline) {
  http_.deadlines.idle = 60ms;
  const std::string whole = http_response(200, completion_body("{}"));
  serve(in_turn({Answer{Stall{}}, Answer{Send{whole.substr(0, whole.size() - 9)}, Stall{}}, complete("{}")}));
  EXPECT_EQ(ask_it().end, AskEnd::accepted);
  EXPECT_EQ(run_.counters().failures.at("idle timeout"), 2U);
}

TEST_F(Endpoint, T26ALongErrorIsCut) {
  const CallError error = error_of(respond(500, std::string(3'000'000, 'x')));
  EXPECT_EQ(error.kind, CallClass::transient);
  EXPECT_LT(error.message.size(), 2000U);
}

TEST_F(Endpoint, T21T27TheFrontOfWhatCameIsKeptAsValidText) {
  const CallError error = error_of(respond(500, "caf\xff " + std::string(5000, 'x')));
  EXPECT_TRUE(error.raw.starts_with("caf\xEF\xBF\xBD xxx"));
  EXPECT_LE(error.raw.size(), 2100U);
  EXPECT_EQ(error_of(respond(200, "<html>a proxy</html>", {{"Content-Type", "text/html"}})).raw,
            "<html>a proxy</html>");
}

TEST_F(Endpoint, T41NoServerAtAllNamesTheEmbeddedWriter) {
  serve(openai_script());
  const std::string url = server_->url() + "/v1";
  server_.reset();
  const AskOutcome outcome = ask_it();
  EXPECT_EQ(outcome.end, AskEnd::stopped);
  EXPECT_THAT(outcome.message, AllOf(HasSubstr(url), HasSubstr("refused"), HasSubstr("for 3 s"),
                                     HasSubstr("--base_url"), HasSubstr("--model builtin")));
  EXPECT_GE(clock_.elapsed(), 3s);
  EXPECT_LT(clock_.elapsed(), 30s);
}

TEST_F(Endpoint, T42ANameWithoutAddress) {
  http_.lookup = [](std::string) -> asio::awaitable<net::LookupResult> {
    co_return std::unexpected(boost::system::error_code(asio::error::host_not_found));
  };
  connect("http://nowhere.invalid/v1");
  const AskOutcome outcome = ask_it();
  EXPECT_EQ(outcome.end, AskEnd::stopped);
  EXPECT_THAT(outcome.message, HasSubstr("nowhere.invalid"));
}

TEST_F(Endpoint, T44AnUntrustedCertificateEndsTheRun) {
  serve_with({.script = openai_script(), .tls = self_signed({.addresses = {"127.0.0.1"}})});
  const auto reply = call();
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().kind, CallClass::fatal_run);
  EXPECT_THAT(reply.error().message, HasSubstr("SSL_CERT_FILE"));
}

TEST_F(Endpoint, OnceFatalItAsksNoMore) {
  EXPECT_EQ(error_of(respond(401, "")).kind, CallClass::fatal_run);
  const std::size_t before = server_->counts().requests;
  EXPECT_EQ(call().error().kind, CallClass::fatal_run);
  EXPECT_EQ(server_->counts().requests, before);
}

}  // namespace
}  // namespace synthv1::test
