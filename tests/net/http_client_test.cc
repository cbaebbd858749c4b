// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/http_client.h"

#include "tests/net/caller.h"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::HasSubstr;

TEST(HttpClient, SendsARequestAndReturnsTheResponse) {
  FakeEndpoint endpoint([](const FakeRequest& request) {
    return respond(201, "got " + request.body, {{"X-Served-By", "fake"}});
  });
  Caller caller(endpoint);
  caller.headers = {{"Authorization", "Bearer secret"}, {"Content-Type", "application/json"}};
  const Sent sent = caller.post("body");
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(sent->status, 201U);
  EXPECT_EQ(sent->body, "got body");
  EXPECT_EQ(sent->header("x-served-by"), "fake");
  const FakeRequest request = endpoint.requests().at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/v1/chat");
  EXPECT_EQ(request.header("Authorization"), "Bearer secret");
  EXPECT_EQ(request.header("Host"), endpoint.url().substr(7));
  EXPECT_EQ(request.header("Content-Length"), "4");
  EXPECT_EQ(request.header("Accept-Encoding"), "identity");
  EXPECT_EQ(request.header("Expect"), "");
}

TEST(HttpClient, ReturnsAnyStatusAndFollowsNoRedirect) {
  FakeEndpoint endpoint(in_turn({respond(307, "", {{"Location", "/elsewhere"}}), respond(500, "no")}));
  Caller caller(endpoint);
  EXPECT_EQ(caller.post()->status, 307U);
  EXPECT_EQ(caller.post()->status, 500U);
  EXPECT_EQ(endpoint.counts().requests, 2U);
}

TEST(HttpClient, ReusesOneConnectionForCallsInTurn) {
  FakeEndpoint endpoint([](const FakeRequest&) { return respond(200, "{}"); });
  Caller caller(endpoint);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(caller.post());
  EXPECT_TRUE(caller.get());
  EXPECT_EQ(endpoint.counts().connections, 1U);
  EXPECT_EQ(caller.client.counters().connections_opened, 1U);
  EXPECT_EQ(caller.client.counters().requests_sent, 6U);
  EXPECT_EQ(caller.client.counters().stale_resends, 0U);
}

TEST(HttpClient, UsesTheLastUsedConnectionFirst) {
  FakeEndpoint endpoint([](const FakeRequest& request) {
    if (request.number < 2) return Answer{Hold{}, Send{http_response(200, "")}};
    return respond(200, "");
  });
  Caller caller(endpoint);
  asio::co_spawn(
      caller.io,
      [&]() -> asio::awaitable<void> {
        while (endpoint.counts().requests < 2) co_await asio::post(caller.io, asio::use_awaitable);
        endpoint.release();
      },
      asio::detached);
  for (const Sent& sent : caller.send_all("POST", 2, "")) EXPECT_TRUE(sent);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(caller.post());
  const auto requests = endpoint.requests();
  EXPECT_EQ(endpoint.counts().connections, 2U);
  EXPECT_EQ(requests[2].connection, requests[3].connection);
  EXPECT_EQ(requests[3].connection, requests[4].connection);
}

TEST(HttpClient, KeepsManyCallsInFlight) {
  FakeEndpoint endpoint([](const FakeRequest& request) {
    return Answer{Hold{}, Send{http_response(200, "echo " + request.body)}};
  });
  Caller caller(endpoint);
  asio::co_spawn(
      caller.io,
      [&]() -> asio::awaitable<void> {
        while (endpoint.counts().requests < 300) co_await asio::post(caller.io, asio::use_awaitable);
        endpoint.release();
      },
      asio::detached);
  for (const Sent& sent : caller.send_all("POST", 300, "x")) EXPECT_EQ(sent.value().body, "echo x");
  EXPECT_EQ(endpoint.counts().peak_in_flight, 300U);
  for (const Sent& sent : caller.send_all("POST", 300, "y")) EXPECT_EQ(sent.value().body, "echo y");
  EXPECT_EQ(endpoint.counts().connections, 300U);
}

TEST(HttpClient, DoesNotUseAnOldConnectionAgain) {
  FakeEndpoint endpoint([](const FakeRequest&) { return respond(200, "{}"); });
  net::ClientOptions options = patient();
  options.max_idle_age = std::chrono::milliseconds(0);
  Caller caller(endpoint, options);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(caller.post());
  EXPECT_EQ(endpoint.counts().connections, 3U);
}

TEST(HttpClient, ReadsChunksAndLargeBodies) {
  const std::string large(3'000'000, 'x');
  FakeEndpoint endpoint(in_turn({{Send{chunked_response(200, {"one ", "two ", "three"})}},
                                 respond(200, large),
                                 {Send{chunked_response(200, {large, large})}}}));
  Caller caller(endpoint);
  EXPECT_EQ(caller.post()->body, "one two three");
  EXPECT_EQ(caller.post()->body, large);
  EXPECT_EQ(caller.post()->body, large + large);
  EXPECT_EQ(endpoint.counts().connections, 1U);
}

TEST(HttpClient, SendsALargeBody) {
  const std::string large(5'000'000, 'x');
  FakeEndpoint endpoint(
      [](const FakeRequest& request) { return respond(200, std::to_string(request.body.size())); });
  Caller caller(endpoint);
  EXPECT_EQ(caller.post(large)->body, "5000000");
  EXPECT_EQ(caller.post(large)->body, "5000000");
  EXPECT_EQ(endpoint.counts().connections, 1U);
}

TEST(HttpClient, LimitsTheBody) {
  net::ClientOptions options = patient();
  options.max_body = 1000;
  FakeEndpoint endpoint(
      in_turn({respond(200, std::string(1000, 'x')),
               respond(200, std::string(1001, 'x')),
               {Send{chunked_response(200, {std::string(600, 'x'), std::string(600, 'x')})}},
               {Send{"HTTP/1.1 200 OK\r\n\r\n" + std::string(1001, 'x')}, Close{}}}));
  Caller caller(endpoint, options);
  EXPECT_TRUE(caller.post());
  for (int i = 0; i < 3; ++i) {
    const Sent sent = caller.post();
    EXPECT_EQ(fault_of(sent), "too large");
    EXPECT_THAT(sent.error().message, HasSubstr("1000 bytes"));
  }
}

TEST(HttpClient, ReadsTheAnswerToHead) {
  FakeEndpoint endpoint(
      in_turn({respond_raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"), respond(200, "x")}));
  Caller caller(endpoint);
  EXPECT_EQ(caller.send_all("HEAD", 1, "").front()->status, 200U);
  EXPECT_EQ(caller.get()->body, "x");
  EXPECT_EQ(endpoint.counts().connections, 1U);
}

TEST(HttpClient, RefusesToSendHeadersThatHoldLineBreaks) {
  FakeEndpoint endpoint([](const FakeRequest&) { return respond(200, "{}"); });
  Caller caller(endpoint);
  caller.headers = {{"Authorization", "Bearer secret\r\nX-Other: 1"}};
  const Sent sent = caller.post();
  EXPECT_EQ(fault_of(sent), "malformed");
  EXPECT_THAT(sent.error().message, testing::Not(HasSubstr("secret")));
  EXPECT_EQ(endpoint.counts().requests, 0U);
}

TEST(HttpClient, SpeaksIpv6) {
  FakeOptions options;
  options.script = [](const FakeRequest&) { return respond(200, "six"); };
  options.address = "::1";
  std::optional<FakeEndpoint> endpoint;
  try {
    endpoint.emplace(std::move(options));
  } catch (const boost::system::system_error&) {
    GTEST_SKIP() << "no IPv6 here";
  }
  Caller caller(*endpoint);
  EXPECT_EQ(caller.post()->body, "six");
  EXPECT_THAT(std::string(endpoint->requests().at(0).header("Host")), testing::StartsWith("[::1]:"));
}

TEST(HttpClient, ErrorsNameTheEndpoint) {
  FakeEndpoint endpoint([](const FakeRequest&) { return Answer{Close{}}; });
  Caller caller(endpoint);
  EXPECT_EQ(caller.post().error().message,
            endpoint.url().substr(7) + ": the connection was closed before the response began");
}

TEST(HttpClient, LeavesNothingToWaitForAfterACall) {
  FakeEndpoint endpoint([](const FakeRequest&) { return respond(200, "{}"); });
  Caller caller(endpoint);
  EXPECT_TRUE(caller.post());
  caller.io.restart();
  EXPECT_EQ(caller.io.poll(), 0U);
  EXPECT_TRUE(caller.io.stopped());
}

TEST(HttpClient, MayBeDestroyedWithKeptConnections) {
  FakeEndpoint endpoint([](const FakeRequest&) { return respond(200, "{}"); });
  {
    Caller(endpoint).send_all("POST", 20, "");
  }
  EXPECT_TRUE(
      endpoint.wait_until([](const FakeCounts& counts) { return counts.closed == counts.connections; }));
}

}  // namespace
}  // namespace synthv1::test
