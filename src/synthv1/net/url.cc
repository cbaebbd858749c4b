// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/text.h"
#include "synthv1/net/http.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <boost/asio/ip/address_v6.hpp>
#include <fmt/core.h>

namespace synthv1::net {
namespace {

constexpr std::string_view kExample = "write it like http://localhost:8000/v1 or https://api.example.org/v1";

std::unexpected<Error> refuse(std::string_view what) {
  return fail(ErrorKind::usage, fmt::format("{}; {}", what, kExample));
}

bool is_name_character(char c) {
  const char l = lower_ascii(c);
  return (l >= 'a' && l <= 'z') || is_digit(c) || c == '.' || c == '-' || c == '_';
}

bool is_visible(char c) { return c > ' ' && c < '\x7f'; }

/// The scheme as "is it TLS"; takes it off the text.
std::optional<bool> take_scheme(std::string_view& text) {
  const std::size_t end = text.find("://");
  if (end == std::string_view::npos) return std::nullopt;
  const std::string scheme = lower_ascii(text.substr(0, end));
  if (scheme != "http" && scheme != "https") return std::nullopt;
  text.remove_prefix(end + 3);
  return scheme == "https";
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, port);
  if (error != std::errc{} || stop != end || port == 0) return std::nullopt;
  return port;
}

bool is_ipv6(std::string_view text) {
  boost::system::error_code error;
  boost::asio::ip::make_address_v6(std::string(text), error);
  return !error;
}

struct HostPort {
  std::string_view host;
  std::string_view port;  ///< with its ':', or empty
};

std::optional<HostPort> split_host(std::string_view authority) {
  if (!authority.starts_with('[')) {
    const std::size_t colon = std::min(authority.find(':'), authority.size());
    return HostPort{authority.substr(0, colon), authority.substr(colon)};
  }
  const std::size_t end = authority.find(']');
  if (end == std::string_view::npos || !is_ipv6(authority.substr(1, end - 1))) return std::nullopt;
  return HostPort{authority.substr(1, end - 1), authority.substr(end + 1)};
}

Result<void> read_authority(std::string_view authority, Url& url) {
  if (authority.contains('@'))
    return refuse("the URL holds a user name or password, which has no place there");
  const auto parts = split_host(authority);
  if (!parts) return refuse("the URL's IPv6 address is not one");
  const bool bracketed = authority.starts_with('[');
  if (parts->host.empty()) return refuse("the URL names no host");
  if (!bracketed && !std::ranges::all_of(parts->host, is_name_character)) {
    return refuse("the URL's host holds a character that no host name has");
  }
  url.host = lower_ascii(parts->host);
  if (parts->port.empty()) return {};
  const auto port = parts->port.starts_with(':') ? parse_port(parts->port.substr(1)) : std::nullopt;
  if (!port) return refuse("the URL's port is not a number from 1 to 65535");
  url.port = *port;
  return {};
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
  Url url;
  std::string_view rest = text;
  const auto tls = take_scheme(rest);
  if (!tls) return refuse("the URL begins with neither http:// nor https://");
  url.tls = *tls;
  url.port = *tls ? 443 : 80;
  if (rest.find_first_of("?#") != std::string_view::npos) return refuse("the URL holds a '?' or a '#'");
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  auto read = read_authority(rest.substr(0, slash), url);
  if (!read) return std::unexpected(read.error());
  std::string_view path = rest.substr(slash);
  while (path.ends_with('/')) path.remove_suffix(1);
  if (!std::ranges::all_of(path, is_visible))
    return refuse("the URL holds a blank or another character that needs %XX");
  url.path = path;
  return url;
}

std::string Url::authority() const {
  return host.contains(':') ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

}  // namespace synthv1::net
