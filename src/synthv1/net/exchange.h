// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/net/connection.h"
#include "synthv1/net/http.h"
#include "synthv1/net/response_reader.h"
#include "synthv1/net/watch.h"

#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

namespace synthv1::net {

/// A response, and whether its connection may serve another request.
struct Exchanged {
  HttpResponse response;
  bool reusable = false;
};

/// When an exchange's clock begins anew.
enum class IdleRule {
  restart,  ///< at each receipt: Deadlines::idle
  keep,     ///< never: the exchange is part of connecting
};

/// How an exchange reads its response.
struct ReadRules {
  std::size_t max_body = 0;
  BodyRule body = BodyRule::framed;
  IdleRule idle = IdleRule::restart;
};

/// Sends one request and reads its response. On an error the connection is of no more use, and closed.
asio::awaitable<std::expected<Exchanged, TransportError>> exchange(Connection& connection,
                                                                   std::shared_ptr<const Body> request,
                                                                   ReadRules rules, Watch& watch);

/// What goes into a request's head.
struct RequestHead {
  std::string_view method;
  std::string_view target;
  std::string_view host;  ///< the Host header
  std::span<const Header> headers;
};

/// The bytes of a request. Content-Length is set where there is a body or the method is one that has them;
/// Accept-Encoding is "identity" unless the headers say otherwise. An error, without naming any value, where
/// a part could be taken for another (line breaks, blanks in the target).
std::expected<Body, TransportError> format_request(const RequestHead& head, Body body);

}  // namespace synthv1::net
