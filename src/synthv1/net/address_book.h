// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/net/await.h"
#include "synthv1/net/http_client.h"
#include "synthv1/net/watch.h"

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace synthv1::net {

using Addresses = std::vector<asio::ip::tcp::endpoint>;

/// The addresses of one host. All calls that ask at once share one lookup, since a lookup holds a thread; an
/// answer is kept for half a minute, or until forget(); failures are not kept.
class AddressBook {
 public:
  /// `lookup` empty: the system's.
  AddressBook(asio::any_io_executor executor, std::string host, std::uint16_t port, HostLookup lookup);

  /// The addresses, the one that answered last first, else IPv6 and IPv4 in turn as the lookup has them.
  asio::awaitable<std::expected<Addresses, TransportError>> find(Watch& watch);
  /// Puts the address that answered first, for the next to ask.
  void prefer(const asio::ip::tcp::endpoint& address);
  /// The next call looks up again: none of the addresses answered.
  void forget() { known_.clear(); }

 private:
  struct Lookup;
  void begin();
  std::expected<Addresses, TransportError> accept(const Lookup& lookup);

  asio::any_io_executor executor_;
  std::string host_;
  std::uint16_t port_;
  HostLookup lookup_;
  Addresses known_;
  std::chrono::steady_clock::time_point known_until_;
  std::shared_ptr<Lookup> pending_;
};

/// IPv6 and IPv4 in turn, beginning with the family that comes first, otherwise in the order given; no
/// repeats.
Addresses interleave_families(const Addresses& addresses);

}  // namespace synthv1::net
