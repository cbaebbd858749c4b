// SPDX-License-Identifier: Apache-2.0
// A server that stalls, dies or closes, case by case: the numbers are those of the list of faults, section C.
// T33 to T39 and T48 are in framing_fault_test.cc, T40 to T43 in connect_fault_test.cc, T44 in tls_test.cc;
// T45 (HTTP/2) does not apply, and T46 belongs to the model part.
#include "tests/net/caller.h"
#include "tests/net/meet.h"

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

constexpr int kLong = 10'000;
constexpr int kShort = 60;

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

}  // namespace
}  // namespace synthv1::test
