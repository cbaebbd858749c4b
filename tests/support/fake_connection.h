// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/fake_endpoint.h"

#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace synthv1::test {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using TlsStream = asio::ssl::stream<tcp::socket>;

inline constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

inline tcp::socket& socket_of(tcp::socket& stream) { return stream; }
inline tcp::socket& socket_of(TlsStream& stream) { return stream.next_layer(); }

inline void drop(tcp::socket& socket) {
  boost::system::error_code ignored;
  socket.close(ignored);
}

inline asio::awaitable<void> relay(tcp::socket& from, tcp::socket& to) {
  std::vector<char> space(16384);
  for (;;) {
    auto [error, size] = co_await from.async_read_some(asio::buffer(space), kAwait);
    if (error) break;
    auto [failed, written] = co_await asio::async_write(to, asio::buffer(space.data(), size), kAwait);
    if (failed) break;
  }
  boost::system::error_code ignored;
  to.shutdown(tcp::socket::shutdown_send, ignored);
}

/// One accepted connection of a FakeEndpoint (whose Impl is the Server); its coroutine owns it.
template <class Stream, class Server>
class Connection {
 public:
  Connection(Server& server, Stream stream, std::size_t number)
      : server_(server), stream_(std::move(stream)), number_(number) {
    server_.open.insert(&socket_of(stream_));
  }
  ~Connection() {
    server_.open.erase(&socket_of(stream_));
    server_.count([](FakeCounts& counts) { ++counts.closed; });
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  asio::awaitable<void> serve() {
    if (server_.options.accepted) {
      const Answer first = server_.options.accepted();
      const bool going = co_await run(first);
      if (!going) co_return;
    }
    const bool greeted = co_await greet();
    if (!greeted) co_return;
    for (bool going = true; going;) going = co_await serve_one();
  }

 private:
  asio::awaitable<bool> greet() {
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, kAwait);
      if (error) co_return false;
      const char* name = SSL_get_servername(stream_.native_handle(), TLSEXT_NAMETYPE_host_name);
      if (name != nullptr) server_name_ = name;
      if (SSL_session_reused(stream_.native_handle())) {
        server_.count([](FakeCounts& counts) { ++counts.resumed; });
      }
    }
    co_return true;
  }

  asio::awaitable<bool> serve_one() {
    parser_.emplace();
    parser_->body_limit(std::uint64_t{256} << 20);
    auto [error, size] = co_await http::async_read_header(stream_, buffer_, *parser_, kAwait);
    if (error) co_return false;
    request_ = read_head();
    server_.begin(request_);
    const bool going = co_await answer_one();
    server_.end();
    co_return going;
  }

  asio::awaitable<bool> answer_one() {
    std::optional<Answer> answer;
    if (server_.options.early) answer = server_.options.early(request_);
    if (!answer) {
      const bool read = co_await run_one(ReadBody{});
      if (!read) co_return false;
      answer = server_.options.script(request_);
    }
    const bool going = co_await run(*answer);
    if (!going) co_return false;
    co_return co_await run_one(ReadBody{});
  }

  FakeRequest read_head() {
    FakeRequest request;
    request.arrived = std::chrono::steady_clock::now();
    request.server_name = server_name_;
    request.connection = number_;
    request.on_connection = served_++;
    const auto& head = parser_->get();
    request.method = std::string(head.method_string());
    request.target = std::string(head.target());
    for (const auto& field : head) {
      request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    }
    return request;
  }

  asio::awaitable<bool> run(const Answer& answer) {
    for (const Action& action : answer) {
      const bool going =
          co_await std::visit([this](const auto& step) { return this->run_one(step); }, action);
      if (!going) co_return false;
    }
    co_return true;
  }

  asio::awaitable<bool> run_one(const Send& step) {
    auto [error, size] = co_await asio::async_write(stream_, asio::buffer(step.bytes), kAwait);
    if (error) abandoned();
    co_return !error;
  }
  asio::awaitable<bool> run_one(const Wait& step) {
    asio::steady_timer timer(server_.io, step.time);
    auto [error] = co_await timer.async_wait(kAwait);
    co_return !error;
  }
  asio::awaitable<bool> run_one(const Hold&) {
    if (!server_.released) co_await server_.gate.async_wait(kAwait);
    co_return true;
  }
  asio::awaitable<bool> run_one(const Stall&) {
    std::vector<char> space(4096);
    for (;;) {
      auto [error, size] = co_await socket_of(stream_).async_read_some(asio::buffer(space), kAwait);
      if (error) break;
    }
    abandoned();
    co_return false;
  }
  asio::awaitable<bool> run_one(const Close&) {
    drop(socket_of(stream_));
    co_return false;
  }
  asio::awaitable<bool> run_one(const HalfClose&) {
    boost::system::error_code ignored;
    if constexpr (std::is_same_v<Stream, TlsStream>) co_await stream_.async_shutdown(kAwait);
    socket_of(stream_).shutdown(tcp::socket::shutdown_send, ignored);
    server_.count([](FakeCounts& counts) { ++counts.half_closed; });
    co_return true;
  }
  asio::awaitable<bool> run_one(const Reset&) {
    boost::system::error_code ignored;
    socket_of(stream_).set_option(asio::socket_base::linger(true, 0), ignored);
    drop(socket_of(stream_));
    co_return false;
  }
  asio::awaitable<bool> run_one(const ReadBody&) {
    if (!parser_ || parser_->is_done()) {
      co_return true;
    }
    auto [error, size] = co_await http::async_read(stream_, buffer_, *parser_, kAwait);
    if (error) co_return false;
    request_.body = std::move(parser_->get().body());
    server_.remember_body(request_);
    co_return true;
  }
  asio::awaitable<bool> run_one(const Tunnel& step) {
    tcp::socket& near = socket_of(stream_);
    tcp::socket far(server_.io);
    auto [error] = co_await far.async_connect({asio::ip::address_v4::loopback(), step.port}, kAwait);
    if (error) co_return false;
    co_await asio::async_write(far, buffer_.data(), kAwait);
    bool back_done = false;
    asio::steady_timer back(server_.io, asio::steady_timer::time_point::max());
    asio::co_spawn(server_.io, relay(far, near), [&](const std::exception_ptr&) {
      back_done = true;
      back.cancel();
    });
    co_await relay(near, far);
    drop(far);
    if (!back_done) co_await back.async_wait(kAwait);
    co_return false;
  }

  void abandoned() {
    server_.count([](FakeCounts& counts) { ++counts.abandoned; });
  }

  Server& server_;
  Stream stream_;
  std::size_t number_;
  std::size_t served_ = 0;
  std::string server_name_;
  boost::beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  FakeRequest request_;
};

}  // namespace synthv1::test
