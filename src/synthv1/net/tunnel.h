// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/net/connection.h"
#include "synthv1/net/proxy.h"
#include "synthv1/net/watch.h"

#include <expected>

#include <boost/asio/awaitable.hpp>

namespace synthv1::net {

/// Asks the proxy at the other end of `connection` for a tunnel to `origin` (CONNECT). Afterwards the
/// connection speaks to the origin.
asio::awaitable<std::expected<void, TransportError>> open_tunnel(Connection& connection, const Proxy& proxy,
                                                                 const Url& origin, Watch& watch);

}  // namespace synthv1::net
