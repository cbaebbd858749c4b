// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/address_book.h"

#include <algorithm>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <fmt/core.h>

namespace synthv1::net {
namespace {

using asio::ip::tcp;

constexpr auto kKeep = std::chrono::seconds(30);

asio::awaitable<LookupResult> system_lookup(std::string host) {
  tcp::resolver resolver(co_await asio::this_coro::executor);
  auto [error, results] = co_await resolver.async_resolve(host, "", kAwait);
  if (error) co_return std::unexpected(error);
  std::vector<asio::ip::address> addresses;
  for (const auto& entry : results) addresses.push_back(entry.endpoint().address());
  co_return addresses;
}

TransportError lookup_error(const std::string& host, const error_code& error) {
  if (is_local_shortage(error)) return {TransportFault::local, "cannot look up the host: " + error.message()};
  return {TransportFault::resolve, fmt::format("no address for the host \"{}\": {}", host, error.message())};
}

}  // namespace

struct AddressBook::Lookup {
  explicit Lookup(const asio::any_io_executor& executor) : event(executor) {}
  Event event;
  std::optional<LookupResult> result;
};

Addresses interleave_families(const Addresses& addresses) {
  Addresses same;
  Addresses other;
  for (const auto& address : addresses) {
    Addresses& list = address.protocol() == addresses.front().protocol() ? same : other;
    if (std::ranges::find(list, address) == list.end()) list.push_back(address);
  }
  Addresses result;
  for (std::size_t i = 0; i < std::max(same.size(), other.size()); ++i) {
    if (i < same.size()) result.push_back(same[i]);
    if (i < other.size()) result.push_back(other[i]);
  }
  return result;
}

AddressBook::AddressBook(asio::any_io_executor executor, std::string host, std::uint16_t port,
                         HostLookup lookup)
    : executor_(std::move(executor)),
      host_(std::move(host)),
      port_(port),
      lookup_(lookup ? std::move(lookup) : HostLookup(system_lookup)) {}

asio::awaitable<std::expected<Addresses, TransportError>> AddressBook::find(Watch& watch) {
  error_code not_literal;
  const auto literal = asio::ip::make_address(host_, not_literal);
  if (!not_literal) co_return Addresses{{literal, port_}};
  if (!known_.empty() && std::chrono::steady_clock::now() < known_until_) co_return known_;
  if (!pending_) begin();
  const auto lookup = pending_;
  watch.wait_for(&lookup->event);
  auto woken = Woken::normally;
  while (!lookup->result && !watch.expired() && woken == Woken::normally)
    woken = co_await lookup->event.wait();
  watch.wait_for(nullptr);
  if (!lookup->result) co_return std::unexpected(watch.error());
  if (pending_ == lookup) pending_.reset();
  co_return accept(*lookup);
}

// The lookup outlives this object if it must: a thread that waits for a name server cannot be stopped.
void AddressBook::begin() {
  pending_ = std::make_shared<Lookup>(executor_);
  auto run = [](HostLookup lookup, std::string host,
                std::shared_ptr<Lookup> pending) -> asio::awaitable<void> {
    pending->result = co_await lookup(std::move(host));
    pending->event.signal();
  };
  asio::co_spawn(executor_, run(lookup_, host_, pending_), asio::detached);
}

std::expected<Addresses, TransportError> AddressBook::accept(const Lookup& lookup) {
  if (!*lookup.result) return std::unexpected(lookup_error(host_, lookup.result->error()));
  Addresses found;
  for (const auto& address : **lookup.result) found.emplace_back(address, port_);
  if (found.empty()) return std::unexpected(lookup_error(host_, asio::error::host_not_found));
  known_ = interleave_families(found);
  known_until_ = std::chrono::steady_clock::now() + kKeep;
  return known_;
}

void AddressBook::prefer(const tcp::endpoint& address) {
  const auto place = std::ranges::find(known_, address);
  if (place != known_.end()) std::rotate(known_.begin(), place, place + 1);
}

}  // namespace synthv1::net
