// SPDX-License-Identifier: Apache-2.0
// Responses whose framing is odd or wrong, by the numbers of the list of faults, section C.
#include "tests/net/caller.h"
#include "tests/net/meet.h"

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::HasSubstr;

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
