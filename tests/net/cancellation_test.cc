// SPDX-License-Identifier: Apache-2.0
#include "tests/net/caller.h"
#include "tests/net/low_limits.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::EndsWith;

TEST(Cancellation, ClosesTheConnection) {
  FakeEndpoint endpoint([](const FakeRequest&) { return Answer{Stall{}}; });
  Caller caller(endpoint);
  const Sent sent = caller.cancel_when([&] { return endpoint.counts().requests == 1; });
  EXPECT_EQ(fault_of(sent), "cancelled");
  EXPECT_THAT(sent.error().message, EndsWith("the call was cancelled"));
  EXPECT_TRUE(endpoint.wait_until([](const FakeCounts& counts) { return counts.abandoned == 1; }));
}

TEST(Cancellation, EndsALookup) {
  net::ClientOptions options = patient();
  bool asked = false;
  bool done = false;
  options.lookup = [&](std::string) -> asio::awaitable<net::LookupResult> {
    asked = true;
    asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::milliseconds(100));
    co_await timer.async_wait(asio::use_awaitable);
    done = true;
    co_return std::unexpected(asio::error::host_not_found);
  };
  Caller caller("http://model.test", options);
  EXPECT_EQ(fault_of(caller.cancel_when([&] { return asked; })), "cancelled");
  EXPECT_TRUE(done);
}

TEST(Cancellation, EndsAnUpload) {
  FakeOptions options;
  options.early = [](const FakeRequest&) { return Answer{Hold{}}; };
  FakeEndpoint endpoint(std::move(options));
  Caller caller(endpoint);
  caller.body = std::string(50'000'000, 'x');
  EXPECT_EQ(fault_of(caller.cancel_when([&] { return endpoint.counts().requests == 1; })), "cancelled");
  endpoint.release();
}

TEST(Cancellation, EndsADial) {
  const FullBacklog deaf("127.0.0.1", 0);
  net::ClientOptions options = patient();
  options.lookup = [](std::string) -> asio::awaitable<net::LookupResult> {
    co_return std::vector<asio::ip::address>{asio::ip::make_address("127.0.0.1")};
  };
  for (const std::string& host : {std::string("127.0.0.1"), std::string("model.test")}) {
    Caller caller("http://" + host + ":" + std::to_string(deaf.port()), options);
    int turns = 0;
    EXPECT_EQ(fault_of(caller.cancel_when([&] { return ++turns > 20; })), "cancelled");
    EXPECT_TRUE(caller.io.stopped()) << "nothing goes on connecting";
  }
}

TEST(Cancellation, OfTheTotalKindWorksWhereTheCallerAllowsIt) {
  FakeEndpoint endpoint([](const FakeRequest&) { return Answer{Stall{}}; });
  Caller caller(endpoint);
  caller.cancellation = asio::cancellation_type::total;
  EXPECT_EQ(fault_of(caller.cancel_when([&] { return endpoint.counts().requests == 1; })), "cancelled");
}

/// Also between two waits, where nothing is there to be cancelled.
TEST(Cancellation, IsNeverLost) {
  for (const bool throws : {true, false}) {
    for (int turns = 0; turns < 20; ++turns) {
      FakeEndpoint endpoint([](const FakeRequest&) { return Answer{Stall{}}; });
      Caller caller(endpoint);
      caller.throws = throws;
      int turn = 0;
      EXPECT_EQ(fault_of(caller.cancel_when([&] { return turn++ == turns; })), "cancelled") << turns;
    }
  }
}

TEST(Cancellation, LeavesTheClientUsable) {
  FakeEndpoint endpoint(in_turn({{Stall{}}, respond(200, "{}")}));
  Caller caller(endpoint);
  EXPECT_EQ(fault_of(caller.cancel_when([&] { return endpoint.counts().requests == 1; })), "cancelled");
  EXPECT_TRUE(caller.post());
}

}  // namespace
}  // namespace synthv1::test
