// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_endpoint.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

class RawClient {
 public:
  explicit RawClient(const FakeEndpoint& endpoint) {
    socket_.connect({asio::ip::address_v4::loopback(), endpoint.port()});
  }
  void write(std::string_view bytes) { asio::write(socket_, asio::buffer(bytes)); }
  std::string read_to_end() {
    std::string text;
    asio::read(socket_, asio::dynamic_buffer(text), error_);
    return text;
  }
  std::string read(std::size_t size) {
    std::string text(size, '\0');
    asio::read(socket_, asio::buffer(text), error_);
    return text;
  }
  boost::system::error_code error() const { return error_; }

 private:
  asio::io_context io_;
  tcp::socket socket_{io_};
  boost::system::error_code error_;
};

TEST(FakeEndpoint, AnswersAndRemembersRequests) {
  FakeEndpoint endpoint([](const FakeRequest& request) { return respond(200, "echo " + request.body); });
  RawClient client(endpoint);
  client.write("POST /v1/x HTTP/1.1\r\nHost: h\r\nX-Key: v\r\nContent-Length: 3\r\n\r\nabc");
  const std::string expected = http_response(200, "echo abc");
  EXPECT_EQ(client.read(expected.size()), expected);
  client.write("GET /two HTTP/1.1\r\nHost: h\r\n\r\n");
  client.read(http_response(200, "echo ").size());
  const auto requests = endpoint.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].method, "POST");
  EXPECT_EQ(requests[0].header("x-key"), "v");
  EXPECT_EQ(requests[0].body, "abc");
  EXPECT_EQ(requests[1].target, "/two");
  EXPECT_EQ(requests[1].on_connection, 1U);
  EXPECT_EQ(endpoint.counts().connections, 1U);
}

TEST(FakeEndpoint, RunsActionsInOrder) {
  FakeEndpoint endpoint([](const FakeRequest&) { return Answer{Send{"one"}, Hold{}, Send{"two"}, Reset{}}; });
  RawClient client(endpoint);
  client.write("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.read(3), "one");
  endpoint.release();
  EXPECT_EQ(client.read(3), "two");
  client.read_to_end();
  EXPECT_EQ(client.error(), asio::error::connection_reset);
}

TEST(FakeEndpoint, AnswersBeforeTheBody) {
  FakeOptions options;
  options.early = [](const FakeRequest&) { return Answer{Send{"early"}, ReadBody{}, Send{"late"}, Close{}}; };
  FakeEndpoint endpoint(std::move(options));
  RawClient client(endpoint);
  client.write("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\n");
  EXPECT_EQ(client.read(5), "early");
  client.write("body");
  EXPECT_EQ(client.read_to_end(), "late");
  EXPECT_EQ(endpoint.requests()[0].body, "body");
}

TEST(FakeEndpoint, CountsAbandonedConnections) {
  FakeEndpoint endpoint([](const FakeRequest&) { return Answer{Stall{}}; });
  {
    RawClient client(endpoint);
    client.write("GET / HTTP/1.1\r\n\r\n");
    EXPECT_TRUE(endpoint.wait_for_requests(1));
  }
  EXPECT_TRUE(endpoint.wait_until([](const FakeCounts& counts) { return counts.abandoned == 1; }));
}

TEST(FakeEndpoint, TunnelsLikeAProxy) {
  FakeEndpoint origin([](const FakeRequest&) { return respond(200, "origin"); });
  FakeEndpoint proxy(
      [&](const FakeRequest&) { return Answer{Send{"HTTP/1.1 200 OK\r\n\r\n"}, Tunnel{origin.port()}}; });
  RawClient client(proxy);
  client.write("CONNECT somewhere:80 HTTP/1.1\r\n\r\n");
  client.read(19);
  client.write("GET / HTTP/1.1\r\n\r\n");
  const std::string expected = http_response(200, "origin");
  EXPECT_EQ(client.read(expected.size()), expected);
}

TEST(FakeEndpoint, WritesChunks) {
  EXPECT_EQ(chunked_response(200, {"abc", std::string(16, 'x')}),
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            "3\r\nabc\r\n10\r\nxxxxxxxxxxxxxxxx\r\n0\r\n\r\n");
}

}  // namespace
}  // namespace synthv1::test
