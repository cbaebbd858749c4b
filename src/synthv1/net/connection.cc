// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/connection.h"

#include <array>
#include <cerrno>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>
#include <openssl/ssl.h>
#include <sys/socket.h>

namespace synthv1::net {
namespace {

constexpr std::size_t kSmallBuffer = std::size_t{4} << 10;
constexpr std::size_t kLargeBuffer = std::size_t{64} << 10;
/// Requests up to this size fit into any socket's send buffer: sending them waits for nobody.
constexpr std::size_t kSentAtOnce = std::size_t{16} << 10;

using Buffers = std::array<asio::const_buffer, 3>;

Buffers buffers_of(const Body& body) {
  return {asio::buffer(body.own.data(), body.at),
          body.shared ? asio::buffer(*body.shared) : asio::const_buffer(),
          asio::buffer(body.own.data() + body.at, body.own.size() - body.at)};
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket) : socket_(std::move(socket)), buffer_(kSmallBuffer) {}

Connection::~Connection() {
  // OpenSSL forgets the session of a stream that ends without shutdown; framing already tells us a cut from
  // an end.
  if (tls_) SSL_set_shutdown(tls_->native_handle(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
}

asio::awaitable<std::expected<void, TransportError>> Connection::start_tls(Tls& tls, const std::string& host,
                                                                           Watch& watch) {
  tls_.emplace(socket_, tls.context());
  tls.prepare(*tls_, host);
  watch.wait_for(this);
  auto [error] = co_await tls_->async_handshake(asio::ssl::stream_base::client, kAwait);
  watch.wait_for(nullptr);
  if (watch.expired() || error == asio::error::operation_aborted) co_return std::unexpected(watch.error());
  if (error) co_return std::unexpected(handshake_error(*tls_, error));
  co_return std::expected<void, TransportError>();
}

asio::awaitable<void> Connection::send(std::shared_ptr<const Body> request) {
  sent_ = false;
  const Buffers buffers = buffers_of(*request);
  if (request->size() > kSentAtOnce) {
    auto done = [self = shared_from_this(), request](const error_code& error, std::size_t) {
      self->note_sent(error);
    };
    if (tls_) {
      asio::async_write(*tls_, buffers, std::move(done));
    } else {
      asio::async_write(socket_, buffers, std::move(done));
    }
    co_return;
  }
  auto writing =
      tls_ ? asio::async_write(*tls_, buffers, kAwait) : asio::async_write(socket_, buffers, kAwait);
  auto [error, size] = co_await std::move(writing);
  note_sent(error);
}

void Connection::note_sent(const error_code& error) {
  sent_ = !error;
  if (!error || error == asio::error::broken_pipe || error == asio::error::connection_reset) return;
  close();
}

asio::awaitable<std::tuple<error_code, std::size_t>> Connection::read_some() {
  if (tls_) return tls_->async_read_some(asio::buffer(buffer_), kAwait);
  return socket_.async_read_some(asio::buffer(buffer_), kAwait);
}

asio::awaitable<std::expected<std::string_view, error_code>> Connection::receive() {
  auto [error, size] = co_await read_some();
  if (error) co_return std::unexpected(error);
  // Full: more is waiting, and a slow reader holds a server up.
  if (size == buffer_.size() && size < kLargeBuffer) buffer_.resize(size * 4);
  co_return std::string_view(buffer_.data(), size);
}

bool Connection::is_quiet() {
  if (tls_ && SSL_pending(tls_->native_handle()) > 0) return false;
  char byte = 0;
  const auto got = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

void Connection::shrink() {
  if (buffer_.size() == kSmallBuffer) return;
  buffer_.resize(kSmallBuffer);
  buffer_.shrink_to_fit();
}

void Connection::close() {
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace synthv1::net
