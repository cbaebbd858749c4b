// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/net/address_book.h"
#include "synthv1/net/watch.h"

#include <chrono>
#include <expected>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace synthv1::net {

/// How long an address is waited for alone before the next one is tried beside it (RFC 8305, "Happy
/// Eyeballs").
inline constexpr std::chrono::milliseconds kDialStagger{250};

/// Connects to the first of the addresses that accepts. Each is tried when the one before it has failed or
/// has not answered within the stagger. Where all fail, the error is the most telling one: our own shortage,
/// then a refusal.
asio::awaitable<std::expected<asio::ip::tcp::socket, TransportError>> dial(asio::any_io_executor executor,
                                                                           Addresses addresses, Watch& watch);

}  // namespace synthv1::net
