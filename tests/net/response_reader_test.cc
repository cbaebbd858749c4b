// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/response_reader.h"

#include <algorithm>

#include <gmock/gmock.h>

namespace synthv1::net {
namespace {

struct Outcome {
  std::string fault;
  std::string message;
  unsigned status = 0;
  std::string body;
  bool keeps_alive = false;
  std::size_t used = 0;
  bool operator==(const Outcome&) const = default;
};

/// Reads the bytes in pieces of one size, then the end of the stream.
Outcome read_in_pieces(std::string_view bytes, std::size_t piece, std::size_t max_body = 1000) {
  ResponseReader reader(max_body);
  Outcome outcome;
  while (outcome.used < bytes.size() && !reader.done() && !reader.failed()) {
    outcome.used += reader.feed(bytes.substr(outcome.used, piece));
  }
  reader.end(StreamEnd::orderly);
  outcome.keeps_alive = reader.keeps_alive();
  if (reader.failed()) return {std::string(name_of(reader.error().fault)), reader.error().message};
  HttpResponse response = reader.take();
  outcome.status = response.status;
  outcome.body = std::move(response.body);
  return outcome;
}

/// The outcome, which is the same however the bytes are cut.
Outcome read(const std::string& bytes) {
  const Outcome whole = read_in_pieces(bytes, bytes.size());
  for (std::size_t piece = 1; piece < bytes.size(); ++piece) {
    EXPECT_EQ(read_in_pieces(bytes, piece), whole) << "pieces of " << piece << " bytes: " << bytes;
  }
  return whole;
}

TEST(ResponseReader, ReadsSizedBodies) {
  const Outcome outcome = read("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbodyHTTP/1.1 404");
  EXPECT_EQ(outcome.status, 200U);
  EXPECT_EQ(outcome.body, "body");
  EXPECT_EQ(outcome.used, 42U);
  EXPECT_TRUE(outcome.keeps_alive);
}

TEST(ResponseReader, ReadsChunksWithExtensionsAndTrailers) {
  const Outcome outcome = read(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
      "3;name=\"v\"\r\nabc\r\n00A  \r\n0123456789\r\n0\r\nDigest: x\r\nOther: y\r\n\r\n");
  EXPECT_EQ(outcome.fault, "");
  EXPECT_EQ(outcome.body, "abc0123456789");
  EXPECT_TRUE(outcome.keeps_alive);
}

TEST(ResponseReader, ReadsToTheEndWithoutFraming) {
  const Outcome outcome = read("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n\r\nall of it");
  EXPECT_EQ(outcome.body, "all of it");
  EXPECT_FALSE(outcome.keeps_alive);
}

TEST(ResponseReader, KnowsWhichConnectionsLiveOn) {
  const std::string end = "Content-Length: 0\r\n\r\n";
  EXPECT_TRUE(read("HTTP/1.1 200 OK\r\n" + end).keeps_alive);
  EXPECT_FALSE(read("HTTP/1.1 200 OK\r\nConnection: close\r\n" + end).keeps_alive);
  EXPECT_FALSE(read("HTTP/1.1 200 OK\r\nConnection: x, Close\r\n" + end).keeps_alive);
  EXPECT_FALSE(read("HTTP/1.0 200 OK\r\n" + end).keeps_alive);
  EXPECT_TRUE(read("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n" + end).keeps_alive);
}

TEST(ResponseReader, ToleratesAMissingReason) {
  EXPECT_EQ(read("HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n").status, 200U);
  EXPECT_EQ(read("HTTP/1.1 529\r\nContent-Length: 0\r\n\r\n").status, 529U);
}

TEST(ResponseReader, LimitsBodies) {
  const std::string large(1001, 'x');
  for (const std::string& bytes : {"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + large,
                                   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + large,
                                   "HTTP/1.1 200 OK\r\n\r\n" + large}) {
    EXPECT_EQ(read_in_pieces(bytes, bytes.size()).fault, "too large");
    EXPECT_EQ(read_in_pieces(bytes, 10).fault, "too large");
  }
}

TEST(ResponseReader, LimitsHeads) {
  const std::string begin = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: ";
  const std::string fits = begin + std::string(ResponseReader::kMaxHead - begin.size() - 4, 'x') + "\r\n\r\n";
  EXPECT_EQ(read_in_pieces(fits, fits.size()).fault, "");
  EXPECT_EQ(read_in_pieces(fits, 7).fault, "");
  const std::string larger =
      begin + std::string(ResponseReader::kMaxHead - begin.size() - 3, 'x') + "\r\n\r\n";
  EXPECT_EQ(read_in_pieces(larger, larger.size()).fault, "malformed");
  EXPECT_EQ(read_in_pieces(larger, 7).fault, "malformed");
}

TEST(ResponseReader, EveryCutOfAFramedResponseIsNoticed) {
  for (const std::string& bytes :
       {std::string("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"),
        std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n")}) {
    EXPECT_EQ(read_in_pieces({}, 1).fault, "closed");
    for (std::size_t size = 1; size < bytes.size(); ++size) {
      EXPECT_EQ(read_in_pieces(std::string_view(bytes).substr(0, size), size).fault, "truncated") << size;
    }
    EXPECT_EQ(read(bytes).body, "body");
  }
}

TEST(ResponseReader, ShowsNoStrangeBytesInMessages) {
  const Outcome outcome = read("HTTP/1.1 200 OK\r\nContent-Encoding: \xff\xfe\x80\r\n\r\n");
  EXPECT_EQ(outcome.fault, "malformed");
  EXPECT_THAT(outcome.message, testing::HasSubstr("\"???\""));
}

}  // namespace
}  // namespace synthv1::net
