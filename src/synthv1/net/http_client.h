// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/net/http.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/system/error_code.hpp>

namespace synthv1::net {

namespace asio = boost::asio;

/// Which proxy to use, as HTTPS_PROXY, HTTP_PROXY and NO_PROXY say. Empty: none.
struct ProxySettings {
  std::string http_proxy;
  std::string https_proxy;
  std::string no_proxy;  ///< comma-separated hosts, domains (".example.org"), "host:port", addresses, "*"

  /// Reads the six variables (upper and lower case; lower wins) by `lookup`, which returns null for an unset
  /// one.
  static ProxySettings from_environment(const char* (*lookup)(const char*));
};

using LookupResult = std::expected<std::vector<asio::ip::address>, boost::system::error_code>;
/// How the name of a host becomes addresses.
using HostLookup = std::function<asio::awaitable<LookupResult>(std::string host)>;

struct ClientOptions {
  Deadlines deadlines;
  ProxySettings proxy;
  std::string ca_file;                            ///< more trusted certificates (PEM), beside the system's
  std::size_t max_body = std::size_t{64} << 20;   ///< bytes of a response's body
  std::chrono::milliseconds max_idle_age{4'000};  ///< a kept connection older than this is not used again
  HostLookup lookup;                              ///< empty: the system's
};

/// Counters of one client, for summaries, tests and benchmarks.
struct ClientCounters {
  std::uint64_t requests_sent = 0;  ///< request heads written, resends included
  std::uint64_t connections_opened = 0;
  std::uint64_t stale_resends = 0;  ///< kept connection died before the first response byte; sent once more
};

/// An HTTP/1.1 client for one origin: keep-alive pool (last used first), TLS with verification, proxies,
/// deadlines. One thread; every coroutine runs on `executor`. Destroying the client closes its idle
/// connections; calls in flight must have ended before, and the executor's context lives on.
class HttpClient {
 public:
  /// Does not fail: what check_options() would find wrong is the error of each send().
  HttpClient(asio::any_io_executor executor, Url origin, ClientOptions options);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Sends one request to `target` (an absolute path) and returns the whole response, whatever its status. A
  /// request is sent a second time only where a kept connection died before the first byte of the response.
  /// Cancelling the coroutine (asio cancellation, terminal or total) closes the connection. Redirects are not
  /// followed.
  asio::awaitable<std::expected<HttpResponse, TransportError>> send(std::string_view method,
                                                                    std::string target,
                                                                    std::span<const Header> headers,
                                                                    Body body);

  const ClientCounters& counters() const;

  /// What is wrong with the options for this origin: a proxy that cannot be read, a CA file that cannot be
  /// loaded.
  static Result<void> check_options(const Url& origin, const ClientOptions& options);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace synthv1::net
