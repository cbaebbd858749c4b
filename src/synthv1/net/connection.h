// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/net/await.h"
#include "synthv1/net/http.h"
#include "synthv1/net/tls.h"
#include "synthv1/net/watch.h"

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace synthv1::net {

/// One TCP connection, with TLS on it once start_tls() has succeeded. Its calls end with an error once it is
/// closed.
class Connection final : public Breakable, public std::enable_shared_from_this<Connection> {
 public:
  explicit Connection(asio::ip::tcp::socket socket);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  asio::awaitable<std::expected<void, TransportError>> start_tls(Tls& tls, const std::string& host,
                                                                 Watch& watch);

  /// Puts the request on the wire. A large one is still being sent when this returns, so that a server may
  /// answer before it has read it all. An error is not reported: reading tells whether an answer came
  /// nevertheless.
  asio::awaitable<void> send(std::shared_ptr<const Body> request);
  /// Has the last request left in full?
  bool sent() const { return sent_; }

  /// Waits for bytes and returns them; they are valid until the next call.
  asio::awaitable<std::expected<std::string_view, error_code>> receive();

  /// Before another use: nothing has been received and the other side has not closed.
  bool is_quiet();

  /// Gives back what a large response took; to be called before the connection is kept.
  void shrink();
  void close();
  void break_off() override { close(); }

 private:
  asio::awaitable<std::tuple<error_code, std::size_t>> read_some();
  void note_sent(const error_code& error);

  asio::ip::tcp::socket socket_;
  std::optional<TlsStream> tls_;
  std::vector<char> buffer_;
  bool sent_ = true;
};

}  // namespace synthv1::net
