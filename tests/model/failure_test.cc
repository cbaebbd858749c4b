// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/failure.h"

#include "synthv1/model/endpoint_health.h"

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds kNow{1'700'000'000s};

Failure of(unsigned status, std::string body, std::vector<net::Header> headers = {}) {
  return classify({.status = status, .headers = std::move(headers), .body = std::move(body)}, kNow);
}
CallClass kind(unsigned status, std::string body = {}, std::vector<net::Header> headers = {}) {
  return of(status, std::move(body), std::move(headers)).error.kind;
}
Failure of(net::TransportFault fault) { return classify(net::TransportError{fault, "message"}); }

TEST(Classify, T15TransientStatuses) {
  for (const unsigned status : {408, 409, 424, 425, 499, 500, 502, 504, 520, 521, 522, 523, 524, 599}) {
    EXPECT_EQ(kind(status), CallClass::transient) << status;
  }
}

TEST(Classify, T1CapacityIsWaitedOut) {
  for (const unsigned status : {429, 503, 529}) EXPECT_EQ(kind(status), CallClass::capacity) << status;
  const Failure failure = of(429, "", {{"Retry-After", "2"}});
  EXPECT_EQ(failure.error.retry_after, 2s);
  EXPECT_EQ(failure.error.label, "429");
}

TEST(Classify, T5TooLongAWaitEndsTheRun) {
  const Failure failure = of(429, R"({"error":{"message":"daily limit"}})", {{"Retry-After", "86400"}});
  EXPECT_EQ(failure.error.kind, CallClass::fatal_run);
  EXPECT_EQ(failure.error.message, "429: daily limit (it asks to wait for 24 h 0 min)");
  EXPECT_FALSE(failure.cure.empty());
  EXPECT_EQ(kind(429, "", {{"Retry-After", "3600"}}), CallClass::capacity);
}

TEST(Classify, T9QuotaEndsTheRun) {
  EXPECT_EQ(kind(429, R"({"error":{"message":"m","type":"insufficient_quota","code":null}})"),
            CallClass::fatal_run);
  EXPECT_EQ(kind(429, R"({"error":{"message":"m","type":"x","code":"credit_balance_exhausted"}})"),
            CallClass::fatal_run);
  EXPECT_EQ(kind(429, R"({"error":{"message":"m","code":"rate_limit_exceeded"}})"), CallClass::capacity);
}

TEST(Classify, T11KeysRefused) {
  const Failure failure = of(401, R"({"error":"Unauthorized"})");
  EXPECT_EQ(failure.error.kind, CallClass::fatal_run);
  EXPECT_TRUE(failure.fatal_at_first);
  EXPECT_NE(failure.cure.find("OPENAI_API_KEY"), std::string::npos);
  EXPECT_TRUE(of(400, R"({"error":{"message":"bad key","code":"invalid_api_key"}})").fatal_at_first);
}

TEST(Classify, T12PaymentWithAndWithoutRetryAfter) {
  EXPECT_EQ(kind(402), CallClass::fatal_run);
  EXPECT_EQ(kind(402, "", {{"Retry-After", "5"}}), CallClass::capacity);
}

TEST(Classify, T13ModerationIsAboutTheItem) {
  EXPECT_EQ(kind(403, R"({"error":{"code":403,"message":"requires moderation; your input was flagged"}})"),
            CallClass::fatal_item);
  EXPECT_EQ(kind(403, R"({"error":{"code":403,"message":"forbidden region"}})"), CallClass::fatal_run);
  EXPECT_EQ(kind(400, R"({"error":{"code":"content_filter","message":"m"}})"), CallClass::fatal_item);
}

TEST(Classify, T14NoSuchModel) {
  EXPECT_TRUE(of(404, R"({"error":{"message":"The model `x` does not exist.","code":404}})").about_model);
  EXPECT_TRUE(of(400, R"({"error":{"message":"m","code":"model_not_found"}})").about_model);
  EXPECT_TRUE(of(400, R"({"error":{"message":"model 'x' not found, try pulling it first"}})").about_model);
  EXPECT_EQ(kind(404), CallClass::fatal_run);
  EXPECT_EQ(kind(405), CallClass::fatal_run);
}

TEST(Classify, PartsThatTheModelDoesNotTake) {
  const auto stated = [](std::string error) { return of(400, R"({"error":)" + error + "}"); };
  EXPECT_TRUE(
      stated(R"({"message":"m","param":"max_tokens","code":"unsupported_parameter"})").about_max_tokens);
  EXPECT_TRUE(
      stated(R"({"message":"m","param":"temperature","code":"unsupported_value"})").about_temperature);
  EXPECT_TRUE(stated(R"("gpt-5 models don't support temperature=0.8")").about_temperature);
  EXPECT_FALSE(stated(R"({"message":"m","param":"top_p","code":"unsupported_value"})").about_temperature);
  EXPECT_FALSE(stated(R"({"message":"m","param":"temperature","code":"invalid_value"})").about_temperature);
  EXPECT_FALSE(of(500, R"({"error":"temperature is not supported"})").about_temperature);
}

TEST(Classify, T16NotImplementedMayBeTheFormat) {
  EXPECT_EQ(kind(501), CallClass::fatal_item);
  EXPECT_TRUE(of(501, "").about_format);
}

TEST(Classify, RefusedFormatIsRecognised) {
  EXPECT_TRUE(of(400, R"({"error":{"message":"Invalid schema","param":"response_format","code":null}})")
                  .about_format);
  EXPECT_TRUE(
      of(400, R"({"error":{"code":400,"message":"response_format type must be one of text"}})").about_format);
  EXPECT_TRUE(of(422, R"({"error":"grammar is not supported","error_type":"validation"})").about_format);
  EXPECT_FALSE(of(400, R"({"error":{"message":"bad temperature"}})").about_format);
  EXPECT_FALSE(of(500, R"({"error":{"message":"response_format"}})").about_format);
}

TEST(Classify, T17ShouldRetryIsObeyed) {
  EXPECT_EQ(kind(500, "", {{"x-should-retry", "false"}}), CallClass::fatal_item);
  EXPECT_EQ(kind(400, "", {{"x-should-retry", "true"}}), CallClass::transient);
  EXPECT_EQ(kind(500, "", {{"x-should-retry", "perhaps"}}), CallClass::transient);
}

TEST(Classify, T18T19LoadingAndGeneration) {
  EXPECT_EQ(kind(503, R"({"error":{"code":503,"message":"Loading model","type":"unavailable_error"}})"),
            CallClass::capacity);
  EXPECT_EQ(kind(424, R"({"error":"Request failed during generation","error_type":"generation"})"),
            CallClass::transient);
}

TEST(Classify, T20RedirectsNameTheirPlaceWithoutItsQuery) {
  const Failure failure = of(307, "", {{"Location", "https://login.example/x?token=secret"}});
  EXPECT_EQ(failure.error.message, "307: it redirects to 'https://login.example/x', which is not followed");
  EXPECT_TRUE(failure.fatal_at_first);
}

TEST(Classify, ContextOverflowNamesTurns) {
  const Failure failure =
      of(400, R"({"error":{"message":"This model's maximum context length is 4096 tokens."}})");
  EXPECT_NE(failure.cure.find("--max_turns"), std::string::npos);
}

TEST(Classify, TransportFaults) {
  using enum net::TransportFault;
  for (const auto fault : {refused, resolve, connect, connect_timeout, proxy})
    EXPECT_TRUE(of(fault).error.unreachable);
  for (const auto fault : {closed, truncated, malformed, too_large, idle_timeout, total_timeout, tls}) {
    EXPECT_EQ(of(fault).error.kind, CallClass::transient) << net::name_of(fault);
    EXPECT_FALSE(of(fault).error.unreachable);
  }
  EXPECT_EQ(of(tls_untrusted).error.kind, CallClass::fatal_run);
  EXPECT_EQ(of(local).error.kind, CallClass::capacity);
  EXPECT_EQ(of(idle_timeout).error.label, "idle timeout");
}

class Health : public ::testing::Test {
 protected:
  CallError judge(Failure failure, std::chrono::milliseconds at) {
    return health_.judge(std::move(failure), Clock::TimePoint{} + at);
  }
  EndpointHealth health_;
};

TEST_F(Health, T41RefusedIsFatalAfterThreeSeconds) {
  EXPECT_EQ(judge(of(net::TransportFault::refused), 0s).kind, CallClass::capacity);
  EXPECT_EQ(judge(of(net::TransportFault::refused), 2999ms).kind, CallClass::capacity);
  const CallError error = judge(of(net::TransportFault::refused), 3s);
  EXPECT_EQ(error.kind, CallClass::fatal_run);
  EXPECT_NE(error.message.find("--model builtin"), std::string::npos);
  EXPECT_NE(error.message.find("for 3 s"), std::string::npos);
}

TEST_F(Health, T41RefusedIsFatalAfterThirtySecondsOnceACallHasSucceeded) {
  health_.succeeded();
  EXPECT_EQ(judge(of(net::TransportFault::refused), 0s).kind, CallClass::capacity);
  EXPECT_EQ(judge(of(net::TransportFault::resolve), 29s).kind, CallClass::capacity);
  EXPECT_EQ(judge(of(net::TransportFault::refused), 30s).kind, CallClass::fatal_run);
}

TEST_F(Health, T42AnAnswerBeginsTheTimeAnew) {
  judge(of(net::TransportFault::resolve), 0s);
  judge(of(503, ""), 2s);
  EXPECT_EQ(judge(of(net::TransportFault::resolve), 4s).kind, CallClass::capacity);
  health_.succeeded();
  EXPECT_EQ(judge(of(net::TransportFault::resolve), 40s).kind, CallClass::capacity);
}

TEST_F(Health, T11OneRefusedKeyAfterASuccessIsTransient) {
  health_.succeeded();
  EXPECT_EQ(judge(of(401, ""), 0s).kind, CallClass::transient);
  EXPECT_EQ(judge(of(403, ""), 0s).kind, CallClass::transient);
  EXPECT_EQ(judge(of(404, ""), 0s).kind, CallClass::fatal_run);
}

TEST_F(Health, T16TheThirdFatalItemWithoutASuccessEndsTheRun) {
  EXPECT_EQ(judge(of(400, ""), 0s).kind, CallClass::fatal_item);
  EXPECT_EQ(judge(of(501, ""), 0s).kind, CallClass::fatal_item);
  EXPECT_EQ(judge(of(400, ""), 0s).kind, CallClass::fatal_run);
}

TEST_F(Health, FatalItemsAfterASuccessStayAlone) {
  health_.succeeded();
  for (int i = 0; i < 10; ++i) EXPECT_EQ(judge(of(400, ""), 0s).kind, CallClass::fatal_item);
}

TEST_F(Health, TheFirstFatalErrorStays) {
  const CallError first = judge(of(401, "first"), 0s);
  EXPECT_EQ(judge(of(404, "second"), 0s).message, first.message);
  EXPECT_EQ(health_.fatal()->message, first.message);
}

}  // namespace
}  // namespace synthv1
