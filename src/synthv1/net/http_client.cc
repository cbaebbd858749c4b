// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/http_client.h"

#include "synthv1/net/address_book.h"
#include "synthv1/net/connection.h"
#include "synthv1/net/dial.h"
#include "synthv1/net/exchange.h"
#include "synthv1/net/pool.h"
#include "synthv1/net/proxy.h"
#include "synthv1/net/tls.h"
#include "synthv1/net/tunnel.h"
#include "synthv1/net/watch.h"

#include <optional>
#include <utility>

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <fmt/core.h>

namespace synthv1::net {
namespace {

using Sent = std::expected<HttpResponse, TransportError>;
using Bytes = std::shared_ptr<const Body>;

/// "host", with its port unless that is the scheme's own: what the Host header and absolute targets hold.
std::string host_header(const Url& url) {
  const std::string authority = url.authority();
  const std::string_view own = url.tls ? ":443" : ":80";
  return authority.ends_with(own) ? authority.substr(0, authority.size() - own.size()) : authority;
}

Result<std::unique_ptr<Tls>> make_tls(const Url& origin, const ClientOptions& options) {
  if (!origin.tls) return nullptr;
  return Tls::make(options.ca_file);
}

}  // namespace

struct HttpClient::Impl {
  Impl(asio::any_io_executor executor_given, Url origin_given, ClientOptions options_given);

  asio::awaitable<Sent> send(std::string_view method, std::string target, std::span<const Header> headers,
                             Body body);
  std::expected<Bytes, TransportError> format(std::string_view method, const std::string& target,
                                              std::span<const Header> headers, Body body) const;
  asio::awaitable<Sent> attempt(Bytes request, ReadRules rules);
  asio::awaitable<Sent> use(std::shared_ptr<Connection> connection, Bytes request, ReadRules rules,
                            Watch& watch);
  asio::awaitable<std::expected<std::shared_ptr<Connection>, TransportError>> open(Watch& watch);
  asio::awaitable<std::expected<std::shared_ptr<Connection>, TransportError>> dial_next(Watch& watch);

  asio::any_io_executor executor;
  Url origin;
  std::size_t max_body;
  std::string host;
  Result<std::optional<Proxy>> proxy;
  Result<std::unique_ptr<Tls>> tls;
  AddressBook addresses;
  std::shared_ptr<Watchdog> watchdog;
  Pool pool;
  ClientCounters counters;
};

HttpClient::Impl::Impl(asio::any_io_executor executor_given, Url origin_given, ClientOptions options_given)
    : executor(std::move(executor_given)),
      origin(std::move(origin_given)),
      max_body(options_given.max_body),
      host(host_header(origin)),
      proxy(choose_proxy(origin, options_given.proxy)),
      tls(make_tls(origin, options_given)),
      addresses(executor, proxy && *proxy ? (*proxy)->url.host : origin.host,
                proxy && *proxy ? (*proxy)->url.port : origin.port, options_given.lookup),
      watchdog(Watchdog::make(executor, options_given.deadlines)),
      pool(options_given.max_idle_age) {}

asio::awaitable<Sent> HttpClient::Impl::send(std::string_view method, std::string target,
                                             std::span<const Header> headers, Body body) {
  if (!proxy) co_return std::unexpected(TransportError{TransportFault::proxy, proxy.error().message});
  if (!tls) co_return std::unexpected(TransportError{TransportFault::tls_untrusted, tls.error().message});
  auto request = format(method, target, headers, std::move(body));
  if (!request) co_return std::unexpected(request.error());
  const ReadRules rules{.max_body = max_body, .body = method == "HEAD" ? BodyRule::none : BodyRule::framed};
  try {
    auto sent = co_await attempt(*std::move(request), rules);
    if (!sent) sent.error().message = fmt::format("{}: {}", host, sent.error().message);
    co_return sent;
  } catch (const boost::system::system_error& error) {
    if (error.code() != asio::error::operation_aborted) throw;
  }
  co_return std::unexpected(
      TransportError{TransportFault::cancelled, fmt::format("{}: the call was cancelled", host)});
}

std::expected<Bytes, TransportError> HttpClient::Impl::format(std::string_view method,
                                                              const std::string& target,
                                                              std::span<const Header> headers,
                                                              Body body) const {
  const bool forward = *proxy && !origin.tls;
  const std::string full = forward ? fmt::format("http://{}{}", host, target) : target;
  std::vector<Header> all(headers.begin(), headers.end());
  if (forward && !(*proxy)->authorization.empty())
    all.emplace_back("Proxy-Authorization", (*proxy)->authorization);
  auto text =
      format_request({.method = method, .target = full, .host = host, .headers = all}, std::move(body));
  if (!text) return std::unexpected(text.error());
  return std::make_shared<const Body>(*std::move(text));
}

asio::awaitable<Sent> HttpClient::Impl::attempt(Bytes request, ReadRules rules) {
  Watch watch(*watchdog);
  if (auto kept = pool.take()) {
    auto sent = co_await use(std::move(kept), request, rules, watch);
    // A kept connection that died unanswered may have been closed before the request reached the server.
    if (sent || sent.error().fault != TransportFault::closed) co_return sent;
    ++counters.stale_resends;
  }
  auto fresh = co_await open(watch);
  if (!fresh) co_return std::unexpected(std::move(fresh.error()));
  co_return co_await use(*std::move(fresh), std::move(request), rules, watch);
}

asio::awaitable<Sent> HttpClient::Impl::use(std::shared_ptr<Connection> connection, Bytes request,
                                            ReadRules rules, Watch& watch) {
  ++counters.requests_sent;
  auto exchanged = co_await exchange(*connection, std::move(request), rules, watch);
  if (!exchanged) co_return std::unexpected(std::move(exchanged.error()));
  if (exchanged->reusable) pool.keep(std::move(connection));
  co_return std::move(exchanged->response);
}

asio::awaitable<std::expected<std::shared_ptr<Connection>, TransportError>> HttpClient::Impl::open(
    Watch& watch) {
  watch.begin_connect();
  auto connection = co_await dial_next(watch);
  if (!connection) co_return connection;
  ++counters.connections_opened;
  if (!*tls) co_return connection;
  if (*proxy) {
    auto tunnel = co_await open_tunnel(**connection, **proxy, origin, watch);
    if (!tunnel) co_return std::unexpected(std::move(tunnel.error()));
  }
  auto secured = co_await (*connection)->start_tls(**tls, origin.host, watch);
  if (!secured) co_return std::unexpected(std::move(secured.error()));
  co_return connection;
}

asio::awaitable<std::expected<std::shared_ptr<Connection>, TransportError>> HttpClient::Impl::dial_next(
    Watch& watch) {
  auto found = co_await addresses.find(watch);
  if (!found) co_return std::unexpected(std::move(found.error()));
  auto socket = co_await dial(executor, *std::move(found), watch);
  if (!socket) {
    addresses.forget();
    co_return std::unexpected(std::move(socket.error()));
  }
  error_code ignored;
  addresses.prefer(socket->remote_endpoint(ignored));
  co_return std::make_shared<Connection>(*std::move(socket));
}

HttpClient::HttpClient(asio::any_io_executor executor, Url origin, ClientOptions options)
    : impl_(std::make_unique<Impl>(std::move(executor), std::move(origin), std::move(options))) {}

HttpClient::~HttpClient() = default;

asio::awaitable<Sent> HttpClient::send(std::string_view method, std::string target,
                                       std::span<const Header> headers, Body body) {
  return impl_->send(method, std::move(target), headers, std::move(body));
}

const ClientCounters& HttpClient::counters() const { return impl_->counters; }

Result<void> HttpClient::check_options(const Url& origin, const ClientOptions& options) {
  auto proxy = choose_proxy(origin, options.proxy);
  if (!proxy) return std::unexpected(proxy.error());
  if (!origin.tls) return {};
  return Tls::check_ca_file(options.ca_file);
}

}  // namespace synthv1::net
