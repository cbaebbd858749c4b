// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/dial.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>

#include <boost/system/errc.hpp>

namespace synthv1::net {
namespace {

using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
namespace errc = boost::system::errc;

/// How much an error tells of why no address answered. A missing address family shows as "address not
/// available", which says little as long as another address failed otherwise.
int weight(const error_code& error) {
  if (error == errc::address_not_available) return 1;
  if (error == errc::connection_refused) return 3;
  return is_local_shortage(error) ? 4 : 2;
}

void set_options(tcp::socket& socket) {
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  socket.set_option(asio::socket_base::keep_alive(true), ignored);
}

/// A connection to a port that nobody listens on may, by chance of ports, reach its own socket.
bool reached_itself(const tcp::socket& socket) {
  error_code error;
  const tcp::endpoint far = socket.remote_endpoint(error);
  return !error && far.address().is_loopback() && far == socket.local_endpoint(error);
}

/// The attempts of one dial. Their handlers hold it, so that it may be left at any time.
class Race : public std::enable_shared_from_this<Race> {
 public:
  Race(asio::any_io_executor executor, Addresses addresses)
      : event(executor), executor_(std::move(executor)), addresses_(std::move(addresses)) {}

  bool all_started() const { return sockets_.size() == addresses_.size(); }
  bool over() const { return winner_ || failed_ == addresses_.size(); }
  /// Is there an attempt whose outcome is open?
  bool under_way() const { return sockets_.size() > failed_; }

  void start_next() {
    const std::size_t place = sockets_.size();
    tcp::socket& socket = sockets_.emplace_back(executor_);
    error_code error;
    socket.open(addresses_[place].protocol(), error);
    if (error) return lose(error);
    set_options(socket);
    socket.async_connect(addresses_[place], [self = shared_from_this(), place](const error_code& outcome) {
      if (outcome) return self->lose(outcome);
      if (reached_itself(self->sockets_[place])) return self->lose(asio::error::connection_refused);
      if (!self->winner_) self->winner_ = place;
      self->event.signal();
    });
  }

  std::optional<tcp::socket> take_winner() {
    std::optional<tcp::socket> winner;
    if (winner_) winner = std::move(sockets_[*winner_]);
    return winner;
  }

  void close_all() {
    error_code ignored;
    for (tcp::socket& socket : sockets_) socket.close(ignored);
  }

  const error_code& error() const { return error_; }

  Event event;

 private:
  void lose(const error_code& error) {
    ++failed_;
    if (!error_ || weight(error) > weight(error_)) error_ = error;
    event.signal();
  }

  asio::any_io_executor executor_;
  Addresses addresses_;
  std::deque<tcp::socket> sockets_;
  std::size_t failed_ = 0;
  std::optional<std::size_t> winner_;
  error_code error_;
};

/// A dial's hold on its race: at the end, also where the coroutine is destroyed, the attempts end.
class Hold {
 public:
  Hold(std::shared_ptr<Race> race, Watch& watch) : race_(std::move(race)), watch_(watch) {
    watch_.wait_for(&race_->event);
  }
  ~Hold() {
    watch_.wait_for(nullptr);
    race_->close_all();
  }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

 private:
  std::shared_ptr<Race> race_;
  Watch& watch_;
};

/// Waits until something happens to the attempts, or until the next one is due.
asio::awaitable<Woken> wait_for_news(Race& race) {
  if (race.all_started()) return race.event.wait();
  return race.event.wait_until(Clock::now() + kDialStagger);
}

}  // namespace

asio::awaitable<std::expected<tcp::socket, TransportError>> dial(asio::any_io_executor executor,
                                                                 Addresses addresses, Watch& watch) {
  const auto race = std::make_shared<Race>(std::move(executor), std::move(addresses));
  const Hold hold(race, watch);
  auto woken = Woken::normally;
  while (!race->over() && !watch.expired() && woken == Woken::normally) {
    if (!race->all_started()) race->start_next();
    if (race->over() || !race->under_way()) continue;
    woken = co_await wait_for_news(*race);
  }
  if (watch.expired() || woken == Woken::by_cancellation) co_return std::unexpected(watch.error());
  auto winner = race->take_winner();
  if (winner) co_return *std::move(winner);
  co_return std::unexpected(connect_error(race->error()));
}

}  // namespace synthv1::net
