// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/net/http.h"

#include <expected>
#include <functional>
#include <string>

#include <boost/asio/awaitable.hpp>

namespace synthv1 {

/// Carries the body of one `POST /chat/completions` to a server and brings its whole response, whatever its
/// status. Cancelling the coroutine gives the call up: TransportFault::cancelled.
using ChatExchange =
    std::function<boost::asio::awaitable<std::expected<net::HttpResponse, net::TransportError>>(
        std::string body)>;

}  // namespace synthv1
