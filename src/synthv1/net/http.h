// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace synthv1::net {

/// The parts of an absolute http or https URL. Credentials and fragments are refused.
struct Url {
  bool tls = false;
  std::string host;  ///< without the brackets of an IPv6 literal
  std::uint16_t port = 80;
  std::string path;  ///< begins with '/', or is empty; no trailing '/'

  /// Reads "https://host:8443/v1"; an error names what is wrong with it and shows a right one.
  static Result<Url> parse(std::string_view text);
  /// "host:port", with brackets where the host is an IPv6 literal.
  std::string authority() const;
};

using Header = std::pair<std::string, std::string>;

/// Bytes to be sent: their own and, in the middle of them, some that other requests share.
struct Body {
  Body() = default;
  Body(std::string text) : own(std::move(text)) {}
  Body(const char* text) : own(text) {}

  std::string own;
  std::shared_ptr<const std::string> shared{};  ///< null: none
  std::size_t at = 0;                           ///< where in `own` the shared ones stand

  std::size_t size() const { return own.size() + (shared ? shared->size() : 0); }
  /// All of it in one piece.
  std::string text() const { return shared ? own.substr(0, at) + *shared + own.substr(at) : own; }
};

/// A complete response: framing was whole, and the body is within the size limit.
struct HttpResponse {
  unsigned status = 0;
  std::vector<Header> headers;
  std::string body;

  /// The first header of that name, in any case; empty when there is none.
  std::string_view header(std::string_view name) const;
};

/// How a call failed below HTTP. `endpoints.md`-style classes: all are transient except where noted.
enum class TransportFault {
  resolve,  ///< the host name has no address
  refused,  ///< connection refused
  connect,  ///< no connection for another reason (unreachable, reset while connecting)
  connect_timeout,
  tls_untrusted,  ///< certificate expired, self-signed, or for another host: fatal
  tls,            ///< handshake failed for another reason
  proxy,          ///< the proxy refused the tunnel; the message holds its status
  closed,         ///< closed or reset before the first byte of the response
  truncated,      ///< closed or reset inside the response
  malformed,      ///< not HTTP, bad or contradictory framing, headers too large
  too_large,      ///< body over the limit
  idle_timeout,   ///< nothing was received for too long
  total_timeout,  ///< the whole call took too long
  local,          ///< our side ran out of ports or file descriptors
  cancelled,
};

/// The fault's name in summaries: "refused", "idle timeout".
std::string_view name_of(TransportFault fault);

struct TransportError {
  TransportFault fault = TransportFault::closed;
  std::string message;  ///< valid UTF-8, one line; never holds a header that we sent
};

struct Deadlines {
  std::chrono::milliseconds connect{10'000};  ///< resolve, connect, proxy tunnel and TLS together
  std::chrono::milliseconds idle{300'000};   ///< between two reads of the response, and before its first byte
  std::chrono::milliseconds total{600'000};  ///< the whole call
};

}  // namespace synthv1::net
