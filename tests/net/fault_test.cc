// SPDX-License-Identifier: Apache-2.0
// A misbehaving server, case by case: the numbers are those of the list of faults, section C ("Connection and
// framing"), which docs/architecture.md names. T45 (HTTP/2) does not apply, T46 belongs to the model part.
#include "synthv1/net/await.h"
#include "tests/net/caller.h"
#include "tests/net/low_limits.h"

#include <memory>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::AnyOf;
using testing::HasSubstr;

constexpr int kLong = 10'000;
constexpr int kShort = 60;

Answer cut(std::string bytes) { return {Send{std::move(bytes)}, Close{}}; }
Answer reset_after(std::string bytes) {
  return {Send{std::move(bytes)}, Wait{std::chrono::milliseconds(5)}, Reset{}};
}

/// A fresh client meets this answer once.
Sent meet(const Answer& answer, const net::ClientOptions& options = patient()) {
  FakeEndpoint endpoint([&](const FakeRequest&) { return answer; });
  Caller caller(endpoint, options);
  Sent sent = caller.post();
  EXPECT_EQ(endpoint.counts().requests, 1U);
  EXPECT_EQ(caller.client.counters().stale_resends, 0U);
  return sent;
}

TEST(T28, NoAnswerEndsTheIdleTimeAndTheConnection) {
  FakeEndpoint endpoint(in_turn({{Stall{}}, respond(200, "{}")}));
  Caller caller(endpoint, with_deadlines(kLong, kShort, kLong));
  EXPECT_EQ(fault_of(caller.post()), "idle timeout");
  EXPECT_TRUE(endpoint.wait_until([](const FakeCounts& counts) { return counts.abandoned == 1; }));
  EXPECT_TRUE(caller.post());
  EXPECT_EQ(endpoint.counts().connections, 2U);
}

TEST(T28, NoAnswerEndsTheTotalTime) {
  EXPECT_EQ(fault_of(meet({Stall{}}, with_deadlines(kLong, kLong, kShort))), "total timeout");
}

TEST(T28, TheIdleTimeIsNotCountedWhileBytesCome) {
  Answer slow = {Send{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"}};
  for (int i = 0; i < 5; ++i) slow.insert(slow.end(), {Wait{std::chrono::milliseconds(150)}, Send{"x"}});
  EXPECT_EQ(meet(slow, with_deadlines(kLong, 600, kLong))->body, "xxxxx");
}

TEST(T29, AStallInsideTheBodyEndsTheIdleTime) {
  const Sent sent = meet({Send{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"}, Stall{}},
                         with_deadlines(kLong, kShort, kLong));
  EXPECT_EQ(fault_of(sent), "idle timeout");
}

TEST(T29, AStallInsideTheHeadersEndsTheIdleTime) {
  EXPECT_EQ(
      fault_of(meet({Send{"HTTP/1.1 200 OK\r\nContent-"}, Stall{}}, with_deadlines(kLong, kShort, kLong))),
      "idle timeout");
}

TEST(T30, ATrickleEndsTheTotalTime) {
  Answer trickle = {Send{"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"}};
  for (int i = 0; i < 5000; ++i)
    trickle.insert(trickle.end(), {Send{"x"}, Wait{std::chrono::milliseconds(2)}});
  EXPECT_EQ(fault_of(meet(trickle, with_deadlines(kLong, kLong, 100))), "total timeout");
}

TEST(T31, AFreshConnectionThatClosesIsNotTriedAgain) {
  EXPECT_EQ(fault_of(meet({Close{}})), "closed");
  EXPECT_EQ(fault_of(meet({Reset{}})), "closed");
}

/// Serves the first request of each connection, then lets the second meet `second`.
Script once_each(Answer second) {
  return [second = std::move(second)](const FakeRequest& request) {
    return request.on_connection == 0 ? respond(200, "served") : second;
  };
}

TEST(T32, AStaleConnectionMeansOneResendOnAFreshOne) {
  for (const Answer& death : {Answer{Close{}}, Answer{Reset{}}}) {
    FakeEndpoint endpoint(once_each(death));
    Caller caller(endpoint);
    EXPECT_EQ(caller.post()->body, "served");
    EXPECT_EQ(caller.post("again")->body, "served");
    EXPECT_EQ(caller.client.counters().stale_resends, 1U);
    EXPECT_EQ(caller.client.counters().requests_sent, 3U);
    EXPECT_EQ(endpoint.counts().requests, 3U);
    EXPECT_EQ(endpoint.requests().at(2).body, "again");
  }
}

TEST(T32, TheResendIsNotResent) {
  FakeEndpoint endpoint(in_turn({respond(200, "served"), {Close{}}, {Close{}}, respond(200, "too late")}));
  Caller caller(endpoint);
  EXPECT_TRUE(caller.post());
  EXPECT_EQ(fault_of(caller.post()), "closed");
  EXPECT_EQ(endpoint.counts().requests, 3U);
  EXPECT_EQ(caller.client.counters().stale_resends, 1U);
}

TEST(T32, TheResendUsesNoOtherKeptConnection) {
  FakeEndpoint endpoint(once_each({Close{}}));
  Caller caller(endpoint);
  for (const Sent& sent : caller.send_all("POST", 5, "")) EXPECT_TRUE(sent);
  EXPECT_TRUE(caller.post());
  EXPECT_EQ(endpoint.counts().requests, 7U);
  EXPECT_EQ(endpoint.counts().connections, 6U);
}

TEST(T32, NothingElseIsResent) {
  const std::vector<std::pair<Answer, std::string>> cases = {
      {cut("H"), "truncated"},
      {cut("HTTP/1.1 102 Processing\r\n\r\n"), "truncated"},
      {reset_after("HTTP/1.1 200 OK\r\n"), "truncated"},
      {{Stall{}}, "idle timeout"},
      {respond_raw("SSH-2.0-OpenSSH\r\n"), "malformed"},
  };
  for (const auto& [second, fault] : cases) {
    FakeEndpoint endpoint(once_each(second));
    Caller caller(endpoint, with_deadlines(kLong, 200, kLong));
    EXPECT_TRUE(caller.post());
    EXPECT_EQ(fault_of(caller.post()), fault);
    EXPECT_EQ(endpoint.counts().requests, 2U);
    EXPECT_EQ(caller.client.counters().stale_resends, 0U);
  }
}

TEST(T32, AConnectionThatClosedWhileKeptIsNotUsed) {
  FakeEndpoint endpoint([](const FakeRequest&) { return respond(200, "served"); });
  Caller caller(endpoint);
  EXPECT_TRUE(caller.post());
  endpoint.close_connections();
  EXPECT_TRUE(endpoint.wait_until([](const FakeCounts& counts) { return counts.closed == 1; }));
  EXPECT_TRUE(caller.post());
  EXPECT_EQ(endpoint.counts().requests, 2U);
  EXPECT_EQ(caller.client.counters().stale_resends, 0U);
}

TEST(T33, ACutBodyIsNeverASuccess) {
  const std::string sized = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabcde";
  const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n";
  for (const std::string& bytes : {sized, chunked, chunked + "0\r\n", chunked + "5\r\nab"}) {
    EXPECT_EQ(fault_of(meet(cut(bytes))), "truncated") << bytes;
    EXPECT_EQ(fault_of(meet(reset_after(bytes))), "truncated") << bytes;
  }
}

TEST(T34, ABodyThatEndsWithTheConnectionIsTakenAsItIs) {
  EXPECT_EQ(meet(cut("HTTP/1.0 200 OK\r\n\r\n{\"choices\": [{\"mes"))->body, "{\"choices\": [{\"mes");
  EXPECT_EQ(meet(cut("HTTP/1.1 200 OK\r\n\r\n{}"))->body, "{}");
  EXPECT_EQ(meet({Send{"HTTP/1.1 200 OK\r\n\r\n{}"}, HalfClose{}})->body, "{}");
  EXPECT_EQ(fault_of(meet(reset_after("HTTP/1.1 200 OK\r\n\r\n{}"))), "truncated");
}

TEST(T35, AnEmptyBodyIsReturnedEmpty) {
  const Sent sent = meet(respond(200, ""));
  EXPECT_EQ(sent->status, 200U);
  EXPECT_EQ(sent->body, "");
  EXPECT_EQ(meet(respond_raw("HTTP/1.1 204 No Content\r\n\r\n"))->status, 204U);
}

TEST(T36, BytesBeyondTheBodyReachNoOtherRequest) {
  const std::string answer = http_response(200, "first");
  for (const std::string& more : {std::string("junk"), http_response(200, "second, unasked")}) {
    FakeEndpoint endpoint(in_turn({respond_raw(answer + more), respond(200, "second")}));
    Caller caller(endpoint);
    EXPECT_EQ(caller.post()->body, "first");
    EXPECT_EQ(caller.post()->body, "second");
    EXPECT_EQ(endpoint.counts().connections, 2U);
  }
}

TEST(T36, BytesThatComeLaterReachNoOtherRequest) {
  FakeEndpoint endpoint([](const FakeRequest& request) {
    if (request.number > 0) return respond(200, "second");
    return Answer{Send{http_response(200, "first")}, Hold{}, Send{http_response(200, "unasked")},
                  HalfClose{}};
  });
  Caller caller(endpoint);
  EXPECT_EQ(caller.post()->body, "first");
  endpoint.release();
  EXPECT_TRUE(endpoint.wait_until([](const FakeCounts& counts) { return counts.half_closed == 1; }));
  EXPECT_EQ(caller.post()->body, "second");
  EXPECT_EQ(endpoint.counts().connections, 2U);
}

TEST(T37, InterimResponsesAreSkipped) {
  const std::string interim =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\nX: y\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n";
  FakeEndpoint endpoint(
      [&](const FakeRequest&) { return respond_raw(interim + http_response(200, "final")); });
  Caller caller(endpoint);
  EXPECT_EQ(caller.post()->body, "final");
  EXPECT_EQ(caller.post()->body, "final");
  EXPECT_EQ(endpoint.counts().connections, 1U);
  EXPECT_EQ(fault_of(meet(respond_raw("HTTP/1.1 101 Switching Protocols\r\n\r\n"))), "malformed");
}

/// A server that answers at once, whatever is still being sent.
FakeOptions hasty(Answer answer) {
  FakeOptions options;
  options.early = [answer = std::move(answer)](const FakeRequest&) { return answer; };
  return options;
}

TEST(T37, AnEarlyRefusalIsSeenBeforeTheUploadEnds) {
  FakeEndpoint endpoint(hasty({Send{http_response(413, "too large")}, Stall{}}));
  Caller caller(endpoint);
  EXPECT_EQ(caller.post(std::string(50'000'000, 'x'))->status, 413U);
}

TEST(T37, NothingWaitsForContinue) {
  FakeEndpoint endpoint([](const FakeRequest& request) { return respond(200, request.body); });
  Caller caller(endpoint);
  const std::string large(2'000'000, 'x');
  EXPECT_EQ(caller.post(large)->body, large);
  EXPECT_EQ(endpoint.requests().at(0).header("Expect"), "");
}

TEST(T38, AnUnaskedEncodingIsNamed) {
  for (const std::string& encoding : {std::string("gzip"), std::string("br"), std::string("gzip, deflate")}) {
    const Sent sent = meet(respond(200, "\x1f\x8b...", {{"Content-Encoding", encoding}}));
    EXPECT_EQ(fault_of(sent), "malformed");
    EXPECT_THAT(sent.error().message, HasSubstr("\"" + encoding + "\", which was not asked for"));
  }
  EXPECT_TRUE(meet(respond(200, "{}", {{"Content-Encoding", "identity"}})));
}

TEST(T39, FaultyFramingIsMalformed) {
  const std::string begin = "HTTP/1.1 200 OK\r\n";
  const std::string chunked = begin + "Transfer-Encoding: chunked\r\n\r\n";
  const std::string answers[] = {
      begin + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
      begin + "Content-Length: 2, 3\r\n\r\n{}",
      begin + "Content-Length: -2\r\n\r\n{}",
      begin + "Content-Length: +2\r\n\r\n{}",
      begin + "Content-Length: 0x2\r\n\r\n{}",
      begin + "Content-Length: \r\n\r\n{}",
      begin + "Content-Length: 99999999999999999999999\r\n\r\n{}",
      begin + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
      begin + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
      begin + "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
      begin + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
      chunked + "zz\r\n{}\r\n0\r\n\r\n",
      chunked + "-2\r\n{}\r\n0\r\n\r\n",
      chunked + "\r\n{}\r\n0\r\n\r\n",
      chunked + "1ffffffffffffffff\r\n{}\r\n0\r\n\r\n",
      chunked + "1\r\n{}\r\n0\r\n\r\n",
      chunked + "2\n{}\r\n0\r\n\r\n",
      chunked + "2;" + std::string(100'000, 'x') + "\r\n{}\r\n0\r\n\r\n",
      chunked + "0\r\n" + std::string(100'000, 'x') + "\r\n\r\n",
      begin + "No colon\r\n\r\n",
      begin + "Bad name : x\r\n\r\n",
      "HTTP/1.1 20 OK\r\n\r\n",
      "HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n",
      "HTTP/2.0 200 OK\r\n\r\n",
      "HTTP/1.1 200 OK\nContent-Length: 2\n\n{}",
      "{\"object\": \"no HTTP at all\"}",
      "\r\n" + begin + "Content-Length: 2\r\n\r\n{}",
  };
  for (const std::string& answer : answers)
    EXPECT_EQ(fault_of(meet(respond_raw(answer))), "malformed") << answer;
}

TEST(T39, AnEnormousBodyIsRefusedBeforeItComes) {
  const Sent sent = meet(respond_raw("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n{}"));
  EXPECT_EQ(fault_of(sent), "too large");
  EXPECT_EQ(
      fault_of(meet(respond_raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffff\r\n{}"))),
      "too large");
}

TEST(T39, LargeHeadersAreTakenUpToALimit) {
  const std::string begin = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n";
  const std::string wide = "X-Wide: " + std::string(60'000, 'x') + "\r\n\r\n{}";
  EXPECT_EQ(meet(respond_raw(begin + wide))->header("x-wide").size(), 60'000U);
  const Sent sent = meet(respond_raw(begin + "X-Wide: " + std::string(120'000, 'x') + "\r\n\r\n{}"));
  EXPECT_EQ(fault_of(sent), "malformed");
  EXPECT_THAT(sent.error().message, HasSubstr("headers exceed 64 KiB"));
  std::string many = begin;
  for (int i = 0; i < 20'000; ++i) many += "X-Many: 0123456789\r\n";
  EXPECT_EQ(fault_of(meet(respond_raw(many + "\r\n{}"))), "malformed");
}

TEST(T40, ConnectionCloseOnEveryResponseWorks) {
  for (const Answer& answer : {respond(200, "{}", {{"Connection", "close"}}),
                               respond_raw("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}")}) {
    FakeEndpoint endpoint([&](const FakeRequest&) { return answer; });
    Caller caller(endpoint);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(caller.post()->body, "{}");
    EXPECT_EQ(endpoint.counts().connections, 5U);
    EXPECT_EQ(caller.client.counters().stale_resends, 0U);
  }
}

TEST(T40, TheWantOfPortsIsOurs) {
  const auto error =
      net::connect_error(boost::system::errc::make_error_code(boost::system::errc::address_not_available));
  EXPECT_EQ(error.fault, net::TransportFault::local);
}

TEST(T41, ARefusalIsToldApart) {
  std::uint16_t port = 0;
  {
    port = FakeEndpoint(Script{}).port();
  }
  Caller caller("http://127.0.0.1:" + std::to_string(port));
  const Sent sent = caller.post();
  EXPECT_EQ(fault_of(sent), "refused");
  EXPECT_THAT(sent.error().message, HasSubstr("127.0.0.1:" + std::to_string(port)));
}

TEST(T41, AServerThatComesBackIsFound) {
  auto endpoint = std::make_unique<FakeEndpoint>([](const FakeRequest&) { return respond(200, "{}"); });
  const std::uint16_t port = endpoint->port();
  Caller caller(*endpoint);
  EXPECT_TRUE(caller.post());
  endpoint.reset();
  EXPECT_EQ(fault_of(caller.post()), "refused");
  FakeOptions again;
  again.script = [](const FakeRequest&) { return respond(200, "{}"); };
  again.port = port;
  endpoint = std::make_unique<FakeEndpoint>(std::move(again));
  EXPECT_TRUE(caller.post());
}

TEST(T41, AFullBacklogEndsTheConnectTime) {
  const FullBacklog deaf("127.0.0.1", 0);
  Caller caller("http://127.0.0.1:" + std::to_string(deaf.port()), with_deadlines(kShort, kLong, kLong));
  EXPECT_EQ(fault_of(caller.post()), "connect timeout");
}

net::HostLookup answering(std::vector<std::string> addresses) {
  return [addresses = std::move(addresses)](std::string) -> asio::awaitable<net::LookupResult> {
    std::vector<asio::ip::address> found;
    for (const std::string& address : addresses) found.push_back(asio::ip::make_address(address));
    co_return found;
  };
}

TEST(T42, ANameThatFailsIsLookedUpAgain) {
  FakeEndpoint endpoint([](const FakeRequest&) { return respond(200, "{}"); });
  int lookups = 0;
  net::ClientOptions options = patient();
  options.lookup = [&](std::string host) -> asio::awaitable<net::LookupResult> {
    EXPECT_EQ(host, "model.test");
    if (++lookups == 1) co_return std::unexpected(asio::error::host_not_found_try_again);
    co_return std::vector<asio::ip::address>{asio::ip::make_address("127.0.0.1")};
  };
  Caller caller("http://model.test:" + std::to_string(endpoint.port()), options);
  const Sent sent = caller.post();
  EXPECT_EQ(fault_of(sent), "no address");
  EXPECT_THAT(sent.error().message, HasSubstr("\"model.test\""));
  for (const Sent& later : caller.send_all("POST", 50, "")) EXPECT_TRUE(later);
  EXPECT_EQ(lookups, 2) << "all that ask at once share one lookup";
}

TEST(T42, TheSystemsLookupFailsInWords) {
  Caller caller("http://no-such-host.invalid");
  EXPECT_EQ(fault_of(caller.post()), "no address");
}

TEST(T42, AnAddressThatSwallowsPacketsIsPassedBy) {
  FakeEndpoint endpoint([](const FakeRequest&) { return respond(200, "{}"); });
  const FullBacklog deaf("127.0.0.2", endpoint.port());
  net::ClientOptions options = with_deadlines(5'000, kLong, kLong);
  options.lookup = answering({"127.0.0.2", "127.0.0.1"});
  options.max_idle_age = std::chrono::milliseconds(0);
  Caller caller("http://model.test:" + std::to_string(endpoint.port()), options);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(caller.post());
  EXPECT_EQ(endpoint.counts().connections, 3U);
}

TEST(T42, AnAddressThatRefusesIsPassedBy) {
  FakeEndpoint endpoint([](const FakeRequest&) { return respond(200, "{}"); });
  net::ClientOptions options = patient();
  options.lookup = answering({"127.0.0.2", "127.0.0.3", "127.0.0.1"});
  Caller caller("http://model.test:" + std::to_string(endpoint.port()), options);
  EXPECT_TRUE(caller.post());
}

TEST(T43, TheWantOfDescriptorsIsOurs) {
  FakeEndpoint endpoint([](const FakeRequest&) { return respond(200, "{}"); });
  Caller caller(endpoint);
  {
    const NoMoreDescriptors full;
    const Sent sent = caller.post();
    EXPECT_EQ(fault_of(sent), "out of ports or descriptors");
  }
  EXPECT_TRUE(caller.post());
}

TEST(T47, AServerThatClosesAfterAFewRequestsIsBorne) {
  FakeEndpoint endpoint([](const FakeRequest& request) {
    return request.on_connection == 2 ? cut(http_response(200, "{}")) : respond(200, "{}");
  });
  Caller caller(endpoint);
  for (int i = 0; i < 12; ++i) EXPECT_TRUE(caller.post());
  EXPECT_EQ(endpoint.counts().connections, 4U);
  EXPECT_EQ(endpoint.counts().requests, 12U);
  EXPECT_EQ(caller.client.counters().requests_sent, 12 + caller.client.counters().stale_resends);
}

TEST(T48, AnAnswerBeforeTheBodyWasReadCounts) {
  for (const std::size_t size : {std::size_t{10}, std::size_t{3'000'000}}) {
    for (const Answer& end : {Answer{Close{}}, Answer{Reset{}}}) {
      Answer answer = {Send{http_response(503, "overloaded")}};
      answer.push_back(end.front());
      FakeEndpoint endpoint(hasty(answer));
      Caller caller(endpoint);
      for (int i = 0; i < 20; ++i) {
        const Sent sent = caller.post(std::string(size, 'x'));
        ASSERT_TRUE(sent) << sent.error().message;
        EXPECT_EQ(sent->body, "overloaded");
      }
      EXPECT_EQ(endpoint.counts().requests, 20U);
    }
  }
}

TEST(T48, AResetBeforeAnAnswerIsClosed) {
  FakeEndpoint endpoint(hasty({Reset{}}));
  Caller caller(endpoint);
  EXPECT_EQ(fault_of(caller.post(std::string(3'000'000, 'x'))), "closed");
}

}  // namespace
}  // namespace synthv1::test
