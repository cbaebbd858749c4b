// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/http.h"

#include <gmock/gmock.h>

namespace synthv1::net {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Url, ReadsItsParts) {
  const Url url = Url::parse("https://API.Example.org:8443/v1/").value();
  EXPECT_TRUE(url.tls);
  EXPECT_EQ(url.host, "api.example.org");
  EXPECT_EQ(url.port, 8443);
  EXPECT_EQ(url.path, "/v1");
  EXPECT_EQ(url.authority(), "api.example.org:8443");
}

TEST(Url, KnowsTheUsualPorts) {
  EXPECT_EQ(Url::parse("http://localhost")->port, 80);
  EXPECT_EQ(Url::parse("HTTPS://localhost")->port, 443);
  EXPECT_EQ(Url::parse("http://localhost///")->path, "");
  EXPECT_EQ(Url::parse("http://localhost/a//b")->path, "/a//b");
}

TEST(Url, ReadsIpv6Addresses) {
  const Url url = Url::parse("http://[::1]:8000/v1").value();
  EXPECT_EQ(url.host, "::1");
  EXPECT_EQ(url.port, 8000);
  EXPECT_EQ(url.authority(), "[::1]:8000");
  EXPECT_EQ(Url::parse("http://[fd00::7]")->port, 80);
}

TEST(Url, RefusesWhatIsNone) {
  for (const char* text : {"",
                           "localhost:8000/v1",
                           "ftp://host/",
                           "http//host",
                           "http://",
                           "http://:80",
                           "http:///v1",
                           "http://host:0",
                           "http://host:65536",
                           "http://host:",
                           "http://host:80x",
                           "http://host:-1",
                           "http://[::1",
                           "http://[nonsense]",
                           "http://[::1]80",
                           "http://ho st/",
                           "http://host/a b",
                           "http://host/\n",
                           "http://höst/",
                           "http://host/ü",
                           "http://host?x=1",
                           "http://host/#top",
                           "http://host\\path",
                           "http://ho%73t/",
                           "http://::1/"}) {
    const auto url = Url::parse(text);
    ASSERT_FALSE(url) << text;
    EXPECT_EQ(url.error().kind, ErrorKind::usage);
    EXPECT_THAT(url.error().message, HasSubstr("http://localhost:8000/v1"));
  }
}

TEST(Url, RefusesCredentialsWithoutShowingThem) {
  const auto url = Url::parse("https://user:secret@host/v1");
  ASSERT_FALSE(url);
  EXPECT_THAT(url.error().message, HasSubstr("user name or password"));
  EXPECT_THAT(url.error().message, Not(HasSubstr("secret")));
}

TEST(HttpResponse, FindsHeadersInAnyCase) {
  const HttpResponse response{
      .status = 200, .headers = {{"Retry-After", "1"}, {"retry-after", "2"}}, .body = ""};
  EXPECT_EQ(response.header("RETRY-AFTER"), "1");
  EXPECT_EQ(response.header("Retry"), "");
}

TEST(TransportFault, EachHasAName) {
  for (int i = 0; i <= static_cast<int>(TransportFault::cancelled); ++i) {
    EXPECT_NE(name_of(static_cast<TransportFault>(i)), "unknown");
  }
}

}  // namespace
}  // namespace synthv1::net
