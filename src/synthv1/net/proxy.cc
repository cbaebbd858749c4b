// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/proxy.h"

#include "synthv1/base/text.h"

#include <algorithm>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <boost/beast/core/detail/base64.hpp>
#include <fmt/core.h>

namespace synthv1::net {
namespace {

namespace base64 = boost::beast::detail::base64;
namespace ip = boost::asio::ip;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// %XX undone; a '%' that begins no such thing stands for itself.
std::string percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded =
        text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    if (coded) result += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
    if (coded) i += 2;
    if (!coded) result += text[i];
  }
  return result;
}

std::string basic_authorization(std::string_view userinfo) {
  if (userinfo.empty()) return {};
  const std::size_t colon = std::min(userinfo.find(':'), userinfo.size());
  const std::string_view password = userinfo.substr(std::min(colon + 1, userinfo.size()));
  const std::string plain = percent_decoded(userinfo.substr(0, colon)) + ":" + percent_decoded(password);
  std::string coded(base64::encoded_size(plain.size()), '\0');
  coded.resize(base64::encode(coded.data(), plain.data(), plain.size()));
  return "Basic " + coded;
}

std::optional<ip::address> parse_address(std::string_view text) {
  boost::system::error_code error;
  const auto address = ip::make_address(std::string(text), error);
  if (error) return std::nullopt;
  return address;
}

/// Is `address` in the range, as "10.0.0.0/8"?
bool in_range(const ip::address& address, std::string_view range) {
  boost::system::error_code error;
  if (address.is_v4()) {
    const auto network = ip::make_network_v4(std::string(range), error);
    if (error) return false;
    return ip::network_v4(address.to_v4(), network.prefix_length()).canonical() == network.canonical();
  }
  const auto network = ip::make_network_v6(std::string(range), error);
  if (error) return false;
  return ip::network_v6(address.to_v6(), network.prefix_length()).canonical() == network.canonical();
}

bool host_matches(const std::string& host, std::string_view entry) {
  if (const auto address = parse_address(host)) {
    if (entry.contains('/')) return in_range(*address, entry);
    return parse_address(entry) == address;
  }
  if (entry.starts_with("*.")) entry.remove_prefix(1);
  while (entry.starts_with('.')) entry.remove_prefix(1);
  if (entry.empty() || host.size() < entry.size()) return false;
  const std::string_view tail = std::string_view(host).substr(host.size() - entry.size());
  if (!equal_ignoring_case(tail, entry)) return false;
  return host.size() == entry.size() || host[host.size() - entry.size() - 1] == '.';
}

bool entry_matches(const Url& origin, std::string_view entry) {
  if (entry == "*") return true;
  std::string_view host = entry;
  std::string_view port;
  const std::size_t colon = entry.rfind(':');
  const bool one_colon = colon != std::string_view::npos && entry.find(':') == colon;
  if (one_colon || entry.contains("]:")) {
    host = entry.substr(0, colon);
    port = entry.substr(colon + 1);
  }
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (!port.empty() && port != fmt::format("{}", origin.port)) return false;
  return host_matches(origin.host, host);
}

std::string lookup_either(const char* (*lookup)(const char*), const char* lower, const char* upper) {
  const char* value = lookup(lower);
  if (value == nullptr) value = lookup(upper);
  return value == nullptr ? std::string() : std::string(trim(value));
}

}  // namespace

ProxySettings ProxySettings::from_environment(const char* (*lookup)(const char*)) {
  return {.http_proxy = lookup_either(lookup, "http_proxy", "HTTP_PROXY"),
          .https_proxy = lookup_either(lookup, "https_proxy", "HTTPS_PROXY"),
          .no_proxy = lookup_either(lookup, "no_proxy", "NO_PROXY")};
}

Result<Proxy> parse_proxy(std::string_view text) {
  constexpr std::string_view kHow = "write the proxy like http://user:password@proxy.example.org:3128";
  const std::size_t scheme = text.find("://");
  if (scheme != std::string_view::npos && !equal_ignoring_case(text.substr(0, scheme), "http")) {
    return fail(ErrorKind::usage,
                fmt::format("only proxies spoken to over plain HTTP are supported; {}", kHow));
  }
  std::string_view rest = scheme == std::string_view::npos ? text : text.substr(scheme + 3);
  rest = rest.substr(0, rest.find('/'));
  const std::size_t at = rest.rfind('@');
  const std::string_view userinfo = at == std::string_view::npos ? std::string_view() : rest.substr(0, at);
  if (at != std::string_view::npos) rest.remove_prefix(at + 1);
  auto url = Url::parse(fmt::format("http://{}", rest));
  if (!url) return fail(ErrorKind::usage, fmt::format("the proxy's URL cannot be read; {}", kHow));
  return Proxy{*std::move(url), basic_authorization(userinfo)};
}

Result<std::optional<Proxy>> choose_proxy(const Url& origin, const ProxySettings& settings) {
  const std::string& named = origin.tls ? settings.https_proxy : settings.http_proxy;
  if (named.empty() || bypasses_proxy(origin, settings.no_proxy)) return std::nullopt;
  auto proxy = parse_proxy(named);
  if (!proxy) return std::unexpected(proxy.error());
  return *std::move(proxy);
}

bool bypasses_proxy(const Url& origin, std::string_view no_proxy) {
  return std::ranges::any_of(split(no_proxy, ','),
                             [&](std::string_view entry) { return entry_matches(origin, trim(entry)); });
}

}  // namespace synthv1::net
