// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/proxy.h"

#include "tests/net/caller.h"
#include "tests/support/certificates.h"

#include <map>

#include <gmock/gmock.h>

namespace synthv1::net {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ParseProxy, ReadsAddressAndCredentials) {
  const Proxy plain = parse_proxy("http://proxy.example.org:3128").value();
  EXPECT_EQ(plain.url.authority(), "proxy.example.org:3128");
  EXPECT_EQ(plain.authorization, "");
  const Proxy full = parse_proxy("http://user:p%40ss%3a@10.0.0.1:8080/").value();
  EXPECT_EQ(full.url.authority(), "10.0.0.1:8080");
  EXPECT_EQ(full.authorization, "Basic dXNlcjpwQHNzOg==");
  EXPECT_EQ(parse_proxy("proxy:3128")->url.authority(), "proxy:3128");
  EXPECT_EQ(parse_proxy("user@proxy:3128")->authorization, "Basic dXNlcjo=");
  EXPECT_EQ(parse_proxy("HTTP://[::1]:3128")->url.authority(), "[::1]:3128");
}

TEST(ParseProxy, RefusesOtherKindsWithoutShowingCredentials) {
  for (const char* text :
       {"socks5://user:secret@host:1080", "https://user:secret@host:1", "http://user:secret@",
        "http://user:secret@host:0", "http://user:secret@ho st:1"}) {
    const auto proxy = parse_proxy(text);
    ASSERT_FALSE(proxy) << text;
    EXPECT_EQ(proxy.error().kind, ErrorKind::usage);
    EXPECT_THAT(proxy.error().message, Not(HasSubstr("secret"))) << text;
  }
}

bool bypasses(const char* url, std::string_view list) {
  return bypasses_proxy(Url::parse(url).value(), list);
}

TEST(BypassesProxy, MatchesHostsAndDomains) {
  EXPECT_TRUE(bypasses("http://a.example.org", "example.org"));
  EXPECT_TRUE(bypasses("http://a.example.org", ".example.org"));
  EXPECT_TRUE(bypasses("http://a.example.org", "*.example.org"));
  EXPECT_TRUE(bypasses("http://example.org", ".example.org"));
  EXPECT_TRUE(bypasses("http://A.Example.ORG", " x , EXAMPLE.org "));
  EXPECT_TRUE(bypasses("http://anything", "*"));
  EXPECT_TRUE(bypasses("http://localhost:8000", "localhost"));
  EXPECT_FALSE(bypasses("http://badexample.org", "example.org"));
  EXPECT_FALSE(bypasses("http://example.org.evil", "example.org"));
  EXPECT_FALSE(bypasses("http://example.org", ""));
  EXPECT_FALSE(bypasses("http://example.org", ",, ,."));
}

TEST(BypassesProxy, MatchesPorts) {
  EXPECT_TRUE(bypasses("http://example.org:8000", "example.org:8000"));
  EXPECT_FALSE(bypasses("http://example.org:8001", "example.org:8000"));
  EXPECT_TRUE(bypasses("https://example.org", "example.org:443"));
  EXPECT_TRUE(bypasses("http://[::1]:8000", "[::1]:8000"));
  EXPECT_FALSE(bypasses("http://[::1]:8001", "[::1]:8000"));
}

TEST(BypassesProxy, MatchesAddressesAndRanges) {
  EXPECT_TRUE(bypasses("http://10.1.2.3", "10.1.2.3"));
  EXPECT_FALSE(bypasses("http://10.1.2.3", "10.1.2.30"));
  EXPECT_TRUE(bypasses("http://10.1.2.3", "10.0.0.0/8"));
  EXPECT_FALSE(bypasses("http://11.1.2.3", "10.0.0.0/8"));
  EXPECT_TRUE(bypasses("http://[::1]", "::1"));
  EXPECT_TRUE(bypasses("http://[fd00::7]", "fd00::/8"));
  EXPECT_FALSE(bypasses("http://[fe00::7]", "fd00::/8"));
  EXPECT_FALSE(bypasses("http://10.1.2.3", "10.0.0.0/99,1.2.3,/8"));
}

std::map<std::string, std::string>& variables() {
  static std::map<std::string, std::string> values;
  return values;
}

const char* lookup(const char* name) {
  const auto place = variables().find(name);
  return place == variables().end() ? nullptr : place->second.c_str();
}

TEST(ProxySettings, ReadsTheEnvironmentLowerCaseFirst) {
  variables() = {{"HTTP_PROXY", "http://upper:1"},
                 {"http_proxy", " http://lower:1 "},
                 {"HTTPS_PROXY", "http://secure:1"},
                 {"no_proxy", ""},
                 {"NO_PROXY", "*"}};
  const ProxySettings settings = ProxySettings::from_environment(&lookup);
  EXPECT_EQ(settings.http_proxy, "http://lower:1");
  EXPECT_EQ(settings.https_proxy, "http://secure:1");
  EXPECT_EQ(settings.no_proxy, "");
}

TEST(ChooseProxy, GoesByTheOriginsScheme) {
  const ProxySettings settings{
      .http_proxy = "http://a:1", .https_proxy = "http://b:2", .no_proxy = "near.test"};
  EXPECT_EQ(choose_proxy(Url::parse("http://far.test").value(), settings).value()->url.host, "a");
  EXPECT_EQ(choose_proxy(Url::parse("https://far.test").value(), settings).value()->url.host, "b");
  EXPECT_FALSE(choose_proxy(Url::parse("https://near.test").value(), settings).value());
  EXPECT_FALSE(choose_proxy(Url::parse("http://far.test").value(), {}).value());
}

}  // namespace
}  // namespace synthv1::net

namespace synthv1::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string with_user(const FakeEndpoint& proxy) {
  return "http://user:pass@127.0.0.1:" + std::to_string(proxy.port());
}

TEST(Proxy, ForwardsPlainRequestsInAbsoluteForm) {
  FakeEndpoint proxy([](const FakeRequest&) { return respond(200, "through the proxy"); });
  net::ClientOptions options = patient();
  options.proxy.http_proxy = with_user(proxy);
  Caller caller("http://model.test", options);
  EXPECT_EQ(caller.post()->body, "through the proxy");
  EXPECT_TRUE(caller.post());
  const FakeRequest request = proxy.requests().at(0);
  EXPECT_EQ(request.target, "http://model.test/v1/chat");
  EXPECT_EQ(request.header("Host"), "model.test");
  EXPECT_EQ(request.header("Proxy-Authorization"), "Basic dXNlcjpwYXNz");
  EXPECT_EQ(proxy.counts().connections, 1U);
}

struct SecureOrigin {
  SecureOrigin() : authority(make_authority()), file(authority.certificate) {
    FakeOptions options;
    options.script = [](const FakeRequest&) { return respond(200, "secret"); };
    options.tls = issue_certificate(authority, {.dns_names = {"model.test"}});
    endpoint.emplace(std::move(options));
  }
  net::ClientOptions options(const FakeEndpoint& proxy) const {
    net::ClientOptions options = patient();
    options.ca_file = file.path();
    options.proxy.https_proxy = with_user(proxy);
    return options;
  }
  Identity authority;
  TemporaryFile file;
  std::optional<FakeEndpoint> endpoint;
};

TEST(Proxy, TunnelsToSecureOrigins) {
  const SecureOrigin origin;
  FakeEndpoint proxy([&](const FakeRequest&) {
    return Answer{Send{"HTTP/1.0 200 Connection established\r\nProxy-Agent: fake\r\n\r\n"},
                  Tunnel{origin.endpoint->port()}};
  });
  Caller caller("https://model.test", origin.options(proxy));
  for (int i = 0; i < 3; ++i) {
    const Sent sent = caller.post();
    ASSERT_TRUE(sent) << sent.error().message;
    EXPECT_EQ(sent->body, "secret");
  }
  const auto asked = proxy.requests();
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].method, "CONNECT");
  EXPECT_EQ(asked[0].target, "model.test:443");
  EXPECT_EQ(asked[0].header("Proxy-Authorization"), "Basic dXNlcjpwYXNz");
  const auto inside = origin.endpoint->requests();
  ASSERT_EQ(inside.size(), 3U);
  EXPECT_EQ(inside[0].target, "/v1/chat");
  EXPECT_EQ(inside[0].header("Proxy-Authorization"), "");
}

TEST(Proxy, ItsRefusalOfATunnelIsNamed) {
  const SecureOrigin origin;
  FakeEndpoint proxy([](const FakeRequest&) { return respond(407, "who are you?"); });
  const Sent sent = Caller("https://model.test", origin.options(proxy)).post();
  EXPECT_EQ(fault_of(sent), "proxy refusal");
  EXPECT_THAT(sent.error().message, HasSubstr("407"));
  EXPECT_THAT(sent.error().message, HasSubstr("127.0.0.1:" + std::to_string(proxy.port())));
  EXPECT_THAT(sent.error().message, Not(HasSubstr("pass")));
}

TEST(Proxy, ItsFaultsAreFoundWhileConnecting) {
  const SecureOrigin origin;
  const std::vector<std::pair<Answer, std::string>> cases = {
      {{Close{}}, "closed"}, {respond_raw("nonsense\r\n"), "malformed"}, {{Stall{}}, "connect timeout"}};
  for (const auto& [answer, fault] : cases) {
    FakeEndpoint proxy([&](const FakeRequest&) { return answer; });
    net::ClientOptions options = origin.options(proxy);
    options.deadlines.connect = std::chrono::milliseconds(200);
    EXPECT_EQ(fault_of(Caller("https://model.test", options).post()), fault);
  }
}

TEST(Proxy, OneThatCannotBeReadFailsEachCall) {
  net::ClientOptions options = patient();
  options.proxy.http_proxy = "socks5://user:pass@127.0.0.1:1";
  const Sent sent = Caller("http://model.test", options).post();
  EXPECT_EQ(fault_of(sent), "proxy refusal");
  EXPECT_THAT(sent.error().message, HasSubstr("only proxies spoken to over plain HTTP"));
  EXPECT_FALSE(net::HttpClient::check_options(net::Url::parse("http://model.test").value(), options));
}

TEST(Proxy, IsPassedByForHostsThatNeedNone) {
  FakeEndpoint endpoint([](const FakeRequest&) { return respond(200, "direct"); });
  net::ClientOptions options = patient();
  options.proxy = {.http_proxy = "http://127.0.0.1:1", .https_proxy = "", .no_proxy = "127.0.0.1"};
  EXPECT_EQ(Caller(endpoint, options).post()->body, "direct");
}

}  // namespace
}  // namespace synthv1::test
