// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/exchange.h"

#include "synthv1/base/text.h"

#include <algorithm>
#include <optional>

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <fmt/core.h>

namespace synthv1::net {
namespace {

/// Closes the connection unless told that all went well, also where the coroutine is destroyed.
class CloseUnless {
 public:
  explicit CloseUnless(Connection& connection, Watch& watch) : connection_(connection), watch_(watch) {
    watch_.wait_for(&connection_);
  }
  ~CloseUnless() {
    watch_.wait_for(nullptr);
    if (!well_) connection_.close();
  }
  CloseUnless(const CloseUnless&) = delete;
  CloseUnless& operator=(const CloseUnless&) = delete;
  void went_well() { well_ = true; }

 private:
  Connection& connection_;
  Watch& watch_;
  bool well_ = false;
};

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }
bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::none_of(text, [](char c) { return c <= ' ' || c > '~' || c == ':'; });
}
bool is_field(const Header& header) {
  return is_token(header.first) &&
         std::ranges::none_of(header.second, [](char c) { return is_control(c) && c != '\t'; });
}

std::unexpected<TransportError> unsendable(std::string_view what) {
  return std::unexpected(
      TransportError{TransportFault::malformed, fmt::format("the request was not sent: {}", what)});
}

/// What ends the exchange where receive() failed: a deadline, cancellation, a TLS alert. Otherwise the stream
/// is at its end, of which the reader makes its own.
std::optional<TransportError> interruption(const error_code& error, const ResponseReader& reader,
                                           const Watch& watch) {
  if (watch.expired() || error == asio::error::operation_aborted) return watch.error();
  const bool alert = error.category() == asio::error::get_ssl_category();
  if (alert && !reader.started())
    return TransportError{TransportFault::tls, "TLS failed: " + error.message()};
  return std::nullopt;
}

}  // namespace

asio::awaitable<std::expected<Exchanged, TransportError>> exchange(Connection& connection,
                                                                   std::shared_ptr<const Body> request,
                                                                   ReadRules rules, Watch& watch) {
  CloseUnless guard(connection, watch);
  if (rules.idle == IdleRule::restart) watch.restart_idle();
  // A cancellation that comes when one wait is over and the next has not begun ends neither.
  const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
  const auto cancelled = [&] { return state.cancelled() != asio::cancellation_type::none; };
  if (cancelled()) co_return std::unexpected(watch.error());
  co_await connection.send(std::move(request));
  ResponseReader reader(rules.max_body, rules.body);
  std::size_t unused = 0;
  while (!reader.done()) {
    if (cancelled()) co_return std::unexpected(watch.error());
    auto bytes = co_await connection.receive();
    if (!bytes) {
      auto interrupted = interruption(bytes.error(), reader, watch);
      if (interrupted) co_return std::unexpected(*std::move(interrupted));
      reader.end(bytes.error() == asio::error::eof ? StreamEnd::orderly : StreamEnd::broken);
    } else {
      if (rules.idle == IdleRule::restart) watch.restart_idle();
      unused = bytes->size() - reader.feed(*bytes);
    }
    if (reader.failed()) co_return std::unexpected(reader.error());
  }
  const bool reusable = reader.keeps_alive() && unused == 0 && connection.sent();
  if (reusable) guard.went_well();
  co_return Exchanged{reader.take(), reusable};
}

std::expected<Body, TransportError> format_request(const RequestHead& head, Body body) {
  if (!is_token(head.method)) return unsendable("its method is not a word");
  if (head.target.empty() ||
      std::ranges::any_of(head.target, [](char c) { return c == ' ' || is_control(c); })) {
    return unsendable("its target is empty or holds a blank or a line break");
  }
  if (!std::ranges::all_of(head.headers, is_field))
    return unsendable("a header holds a line break or no name");
  std::string text;
  text.reserve(512 + body.own.size());
  const auto add = [&text](auto... parts) { (text.append(parts), ...); };
  add(head.method, " ", head.target, " HTTP/1.1\r\nHost: ", head.host, "\r\n");
  for (const auto& [name, value] : head.headers)
    add(std::string_view(name), ": ", std::string_view(value), "\r\n");
  if (std::ranges::none_of(head.headers,
                           [](const Header& h) { return equal_ignoring_case(h.first, "Accept-Encoding"); })) {
    add("Accept-Encoding: identity\r\n");
  }
  if (body.size() > 0 || head.method == "POST" || head.method == "PUT" || head.method == "PATCH") {
    add("Content-Length: ", std::string_view(std::to_string(body.size())), "\r\n");
  }
  text += "\r\n";
  const std::size_t at = text.size() + body.at;
  text += body.own;
  body.own = std::move(text);
  body.at = at;
  return body;
}

}  // namespace synthv1::net
