// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/await.h"

#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/errc.hpp>

namespace synthv1::net {

namespace errc = boost::system::errc;

bool is_local_shortage(const error_code& error) {
  return error == errc::too_many_files_open || error == errc::too_many_files_open_in_system ||
         error == errc::address_not_available || error == errc::no_buffer_space ||
         error == errc::not_enough_memory;
}

TransportError connect_error(const error_code& error) {
  if (is_local_shortage(error)) return {TransportFault::local, "cannot connect: " + error.message()};
  if (error == errc::connection_refused) return {TransportFault::refused, "the connection was refused"};
  return {TransportFault::connect, "cannot connect: " + error.message()};
}

asio::awaitable<Woken> Event::wait_until(std::chrono::steady_clock::time_point time) {
  timer_.expires_at(time);
  return wait_for_timer();
}

asio::awaitable<Woken> Event::wait() {
  // Setting the expiry would wake those who wait already.
  if (timer_.expiry() != asio::steady_timer::time_point::max()) {
    timer_.expires_at(asio::steady_timer::time_point::max());
  }
  return wait_for_timer();
}

asio::awaitable<Woken> Event::wait_for_timer() {
  co_await timer_.async_wait(kAwait);
  const auto state = co_await asio::this_coro::cancellation_state;
  co_return state.cancelled() == asio::cancellation_type::none ? Woken::normally : Woken::by_cancellation;
}

}  // namespace synthv1::net
