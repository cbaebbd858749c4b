// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/net/http_client.h"
#include "tests/support/fake_endpoint.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>

namespace synthv1::test {

namespace asio = boost::asio;

using Sent = std::expected<net::HttpResponse, net::TransportError>;

inline net::ClientOptions with_deadlines(int connect, int idle, int total) {
  using std::chrono::milliseconds;
  net::ClientOptions options;
  options.deadlines = {milliseconds(connect), milliseconds(idle), milliseconds(total)};
  return options;
}

/// Ten seconds for everything: a test that meets one of these has failed.
inline net::ClientOptions patient() { return with_deadlines(10'000, 10'000, 10'000); }

/// A client with a loop of its own, which runs while a call waits.
class Caller {
 public:
  explicit Caller(const std::string& url, net::ClientOptions options = patient())
      : client(io.get_executor(), net::Url::parse(url).value(), std::move(options)) {}
  explicit Caller(const FakeEndpoint& endpoint, net::ClientOptions options = patient())
      : Caller(endpoint.url(), std::move(options)) {}

  Sent post(std::string content = "{}") { return send_all("POST", 1, std::move(content)).front(); }
  Sent get() { return send_all("GET", 1, "").front(); }

  /// That many calls at once.
  std::vector<Sent> send_all(std::string method, std::size_t count, std::string content) {
    std::vector<Sent> results(count);
    for (Sent& result : results) {
      asio::co_spawn(io, call(method, content, result), asio::detached);
    }
    io.restart();
    io.run();
    return results;
  }

  /// One call that is cancelled once `due` holds.
  Sent cancel_when(const std::function<bool()>& due) {
    Sent result =
        std::unexpected(net::TransportError{.fault = net::TransportFault::local, .message = "no end"});
    asio::cancellation_signal signal;
    asio::co_spawn(io, cancellable(result), asio::bind_cancellation_slot(signal.slot(), asio::detached));
    io.restart();
    while (!due()) io.run_one_for(std::chrono::milliseconds(1));
    signal.emit(cancellation);
    io.run();
    return result;
  }

  asio::io_context io{1};
  net::HttpClient client;
  std::vector<net::Header> headers;
  std::string body = "{}";  ///< of the call that is cancelled
  asio::cancellation_type cancellation = asio::cancellation_type::terminal;
  bool throws = true;  ///< whether the coroutine that calls throws where it awaits after it was cancelled

 private:
  asio::awaitable<void> cancellable(Sent& result) {
    co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
    co_await asio::this_coro::throw_if_cancelled(throws);
    result = co_await client.send("POST", "/v1/chat", headers, body);
  }
  asio::awaitable<void> call(std::string method, std::string content, Sent& result) {
    result = co_await client.send(method, "/v1/chat", headers, std::move(content));
  }
};

inline std::string fault_of(const Sent& sent) {
  return sent ? "no fault" : std::string(net::name_of(sent.error().fault));
}

}  // namespace synthv1::test
