// SPDX-License-Identifier: Apache-2.0
// Connections that do not come about, by the numbers of the list of faults, section C.
#include "synthv1/net/await.h"
#include "tests/net/caller.h"
#include "tests/net/low_limits.h"

#include <memory>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::HasSubstr;

constexpr int kLong = 10'000;
constexpr int kShort = 60;

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

}  // namespace
}  // namespace synthv1::test
