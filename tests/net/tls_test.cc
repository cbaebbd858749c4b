// SPDX-License-Identifier: Apache-2.0
#include "tests/net/caller.h"
#include "tests/support/certificates.h"

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::AnyOf;
using testing::HasSubstr;

const Identity& authority() {
  static const Identity made = make_authority();
  return made;
}

const std::string& authority_file() {
  static const TemporaryFile file(authority().certificate);
  return file.path();
}

FakeOptions secure(
    const Identity& identity, Script script = [](const FakeRequest&) { return respond(200, "{}"); }) {
  FakeOptions options;
  options.script = std::move(script);
  options.tls = identity;
  return options;
}

net::ClientOptions trusting(net::ClientOptions options = patient()) {
  options.ca_file = authority_file();
  options.lookup = [](std::string) -> asio::awaitable<net::LookupResult> {
    co_return std::vector<asio::ip::address>{asio::ip::make_address("127.0.0.1")};
  };
  return options;
}

Identity good_identity() {
  return issue_certificate(authority(), {.dns_names = {"model.test"}, .addresses = {"127.0.0.1"}});
}

std::string named(const FakeEndpoint& endpoint) {
  return "https://model.test:" + std::to_string(endpoint.port());
}

TEST(Tls, VerifiesAHostName) {
  FakeEndpoint endpoint(secure(good_identity()));
  Caller caller(named(endpoint), trusting());
  const Sent sent = caller.post();
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(endpoint.requests().at(0).header("Host"), "model.test:" + std::to_string(endpoint.port()));
}

TEST(Tls, VerifiesAnAddress) {
  FakeEndpoint endpoint(secure(good_identity()));
  Caller caller(endpoint, trusting());
  const Sent sent = caller.post();
  ASSERT_TRUE(sent) << sent.error().message;
}

TEST(Tls, SendsTheServerName) {
  FakeEndpoint endpoint(secure(good_identity()));
  Caller by_name(named(endpoint), trusting());
  EXPECT_TRUE(by_name.post());
  EXPECT_EQ(endpoint.requests().at(0).server_name, "model.test");
  Caller by_address(endpoint, trusting());
  EXPECT_TRUE(by_address.post());
  EXPECT_EQ(endpoint.requests().at(1).server_name, "");
}

TEST(Tls, KeepsConnectionsAndResumesSessions) {
  FakeEndpoint endpoint(secure(good_identity(), [](const FakeRequest& request) {
    return request.on_connection == 2
               ? Answer{Send{http_response(200, "{}", {{"Connection", "close"}})}, Close{}}
               : respond(200, "{}");
  }));
  Caller caller(named(endpoint), trusting());
  for (int i = 0; i < 9; ++i) EXPECT_TRUE(caller.post());
  EXPECT_EQ(endpoint.counts().connections, 3U);
  EXPECT_EQ(endpoint.counts().resumed, 2U);
}

TEST(Tls, CarriesLargeBodiesBothWays) {
  FakeEndpoint endpoint(
      secure(good_identity(), [](const FakeRequest& request) { return respond(200, request.body); }));
  Caller caller(named(endpoint), trusting());
  const std::string large(3'000'000, 'x');
  EXPECT_EQ(caller.post(large)->body, large);
  EXPECT_EQ(caller.post(large)->body, large);
  EXPECT_EQ(endpoint.counts().connections, 1U);
}

TEST(Tls, ResendsOnceWhereAKeptConnectionDied) {
  for (const Answer& death : {Answer{Close{}}, Answer{Reset{}}, Answer{HalfClose{}, Close{}}}) {
    FakeEndpoint endpoint(secure(good_identity(), [&](const FakeRequest& request) {
      return request.on_connection == 0 ? respond(200, "served") : death;
    }));
    Caller caller(named(endpoint), trusting());
    EXPECT_TRUE(caller.post());
    EXPECT_TRUE(caller.post());
    EXPECT_EQ(caller.client.counters().stale_resends, 1U);
    EXPECT_EQ(endpoint.counts().requests, 3U);
  }
}

TEST(Tls, ABodyWithoutLengthMustEndInOrder) {
  const std::string bytes = "HTTP/1.1 200 OK\r\n\r\n{}";
  FakeEndpoint endpoint(
      secure(good_identity(), in_turn({{Send{bytes}, HalfClose{}}, {Send{bytes}, Close{}}})));
  Caller caller(named(endpoint), trusting());
  const Sent sent = caller.post();
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(sent->body, "{}");
  EXPECT_EQ(fault_of(caller.post()), "truncated") << "no close_notify: the body may have been cut";
}

TEST(Tls, AnAnswerBeforeTheBodyWasReadCounts) {
  FakeOptions options = secure(good_identity());
  options.early = [](const FakeRequest&) {
    return Answer{Send{http_response(413, "too large")}, Wait{std::chrono::milliseconds(20)}, Reset{}};
  };
  FakeEndpoint endpoint(std::move(options));
  Caller caller(named(endpoint), trusting());
  for (int i = 0; i < 5; ++i) EXPECT_EQ(caller.post(std::string(3'000'000, 'x'))->status, 413U);
}

/// The first call against a server with this certificate.
Sent meet(const Identity& identity, const net::ClientOptions& options = trusting()) {
  FakeEndpoint endpoint(secure(identity));
  return Caller(named(endpoint), options).post();
}

TEST(T44, AnExpiredCertificateIsUntrusted) {
  const Sent sent = meet(
      issue_certificate(authority(), {.dns_names = {"model.test"}, .valid_from = -7200, .valid_to = -3600}));
  EXPECT_EQ(fault_of(sent), "untrusted certificate");
  EXPECT_THAT(sent.error().message, HasSubstr("certificate has expired"));
}

TEST(T44, ACertificateForAnotherHostIsUntrusted) {
  const Sent named_otherwise = meet(issue_certificate(authority(), {.dns_names = {"other.test"}}));
  EXPECT_EQ(fault_of(named_otherwise), "untrusted certificate");
  EXPECT_THAT(named_otherwise.error().message, HasSubstr("hostname mismatch"));
  FakeEndpoint endpoint(secure(issue_certificate(authority(), {.addresses = {"127.0.0.9"}})));
  const Sent addressed_otherwise = Caller(endpoint, trusting()).post();
  EXPECT_EQ(fault_of(addressed_otherwise), "untrusted certificate");
  EXPECT_THAT(addressed_otherwise.error().message, HasSubstr("IP address mismatch"));
}

TEST(T44, ASelfSignedCertificateIsUntrustedUnlessNamed) {
  const Identity own = self_signed({.dns_names = {"model.test"}});
  const Sent sent = meet(own);
  EXPECT_EQ(fault_of(sent), "untrusted certificate");
  EXPECT_THAT(sent.error().message, HasSubstr("self-signed certificate"));
  const TemporaryFile file(own.certificate);
  net::ClientOptions options = trusting();
  options.ca_file = file.path();
  EXPECT_TRUE(meet(own, options));
}

TEST(T44, AnUnknownAuthorityIsUntrusted) {
  net::ClientOptions options = trusting();
  options.ca_file.clear();
  const Sent sent = meet(good_identity(), options);
  EXPECT_EQ(fault_of(sent), "untrusted certificate");
}

TEST(T44, ADeathInTheHandshakeIsNoVerdict) {
  for (const Answer& death :
       {Answer{Close{}}, Answer{Reset{}}, respond_raw("HTTP/1.1 400 Bad Request\r\n\r\n")}) {
    FakeOptions options = secure(good_identity());
    options.accepted = [&] { return death; };
    FakeEndpoint endpoint(std::move(options));
    // The reset may come before connecting has ended.
    EXPECT_THAT(fault_of(Caller(named(endpoint), trusting()).post()), AnyOf("TLS failure", "no connection"));
  }
}

TEST(T44, ASlowHandshakeIsPartOfConnecting) {
  FakeOptions slow = secure(good_identity());
  slow.accepted = [] { return Answer{Wait{std::chrono::milliseconds(100)}}; };
  FakeEndpoint endpoint(std::move(slow));
  EXPECT_TRUE(Caller(named(endpoint), trusting()).post());
  FakeOptions silent = secure(good_identity());
  silent.accepted = [] { return Answer{Stall{}}; };
  FakeEndpoint mute(std::move(silent));
  EXPECT_EQ(fault_of(Caller(named(mute), trusting(with_deadlines(60, 10'000, 10'000))).post()),
            "connect timeout");
  EXPECT_EQ(fault_of(Caller(named(mute), trusting(with_deadlines(10'000, 10'000, 60))).post()),
            "total timeout");
}

TEST(Tls, ACaFileThatCannotBeReadIsFoundEarlyAndLate) {
  net::ClientOptions options = patient();
  options.ca_file = "/no/such/file.pem";
  const net::Url origin = net::Url::parse("https://127.0.0.1:1").value();
  const auto checked = net::HttpClient::check_options(origin, options);
  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().message, HasSubstr("/no/such/file.pem"));
  EXPECT_EQ(fault_of(Caller("https://127.0.0.1:1", options).post()), "untrusted certificate");
  EXPECT_TRUE(net::HttpClient::check_options(origin, patient()));
}

TEST(Tls, CancellationClosesTheConnection) {
  FakeEndpoint endpoint(secure(good_identity(), [](const FakeRequest&) { return Answer{Stall{}}; }));
  Caller caller(named(endpoint), trusting());
  EXPECT_EQ(fault_of(caller.cancel_when([&] { return endpoint.counts().requests == 1; })), "cancelled");
  EXPECT_TRUE(endpoint.wait_until([](const FakeCounts& counts) { return counts.abandoned == 1; }));
}

TEST(Tls, ManyCallsAtOnce) {
  FakeEndpoint endpoint(
      secure(good_identity(), [](const FakeRequest& request) { return respond(200, request.body); }));
  Caller caller(named(endpoint), trusting());
  for (int round = 0; round < 2; ++round) {
    for (const Sent& sent : caller.send_all("POST", 50, "x")) EXPECT_EQ(sent.value().body, "x");
  }
}

}  // namespace
}  // namespace synthv1::test
