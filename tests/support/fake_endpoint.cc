// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_endpoint.h"

#include "tests/support/fake_connection.h"

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/string.hpp>
#include <fmt/core.h>

namespace synthv1::test {
namespace {

constexpr auto kPatience = std::chrono::seconds(10);

bool same_name(std::string_view a, std::string_view b) {
  return boost::beast::iequals({a.data(), a.size()}, {b.data(), b.size()});
}

}  // namespace

std::string_view FakeRequest::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (same_name(key, name)) return value;
  }
  return {};
}

struct FakeEndpoint::Impl {
  explicit Impl(FakeOptions given);
  ~Impl();

  void listen();
  void use_identity(const Identity& identity);
  asio::awaitable<void> accept_all();
  template <class Change>
  void count(Change change) {
    const std::lock_guard lock(mutex);
    change(counts);
    changed.notify_all();
  }
  /// Numbers the request, remembers it and counts it as in flight.
  void begin(FakeRequest& request);
  void remember_body(const FakeRequest& request);
  void end();
  FakeCounts counts_now() const;

  FakeOptions options;
  mutable std::mutex mutex;
  mutable std::condition_variable changed;
  FakeCounts counts;
  std::size_t in_flight = 0;
  std::vector<FakeRequest> requests;
  std::set<tcp::socket*> open;  // the endpoint's thread only
  asio::ssl::context tls{asio::ssl::context::tls_server};
  asio::io_context io{1};
  tcp::acceptor acceptor{io};
  asio::steady_timer gate{io, asio::steady_timer::time_point::max()};
  bool released = false;  // the endpoint's thread only
  std::string url;
  std::uint16_t port = 0;
  std::thread thread;
};

namespace {

template <class Stream, class Server>
asio::awaitable<void> serve(Server& server, Stream stream, std::size_t number) {
  Connection<Stream, Server> connection(server, std::move(stream), number);
  co_await connection.serve();
}

}  // namespace

FakeEndpoint::Impl::Impl(FakeOptions given) : options(std::move(given)) {
  if (options.tls) use_identity(*options.tls);
  listen();
  asio::co_spawn(io, accept_all(), asio::detached);
  thread = std::thread([this] { io.run(); });
}

FakeEndpoint::Impl::~Impl() {
  io.stop();
  thread.join();
}

void FakeEndpoint::Impl::use_identity(const Identity& identity) {
  tls.use_certificate_chain(asio::buffer(identity.certificate));
  tls.use_private_key(asio::buffer(identity.key), asio::ssl::context::pem);
}

void FakeEndpoint::Impl::listen() {
  const tcp::endpoint place(asio::ip::make_address(options.address), options.port);
  acceptor.open(place.protocol());
  acceptor.set_option(asio::socket_base::reuse_address(true));
  acceptor.bind(place);
  acceptor.listen(4096);
  port = acceptor.local_endpoint().port();
  const net::Url here{.tls = options.tls.has_value(), .host = options.address, .port = port, .path = {}};
  url = fmt::format("{}://{}", here.tls ? "https" : "http", here.authority());
}

asio::awaitable<void> FakeEndpoint::Impl::accept_all() {
  for (std::size_t number = 0;; ++number) {
    auto [error, socket] = co_await acceptor.async_accept(kAwait);
    if (error) continue;
    count([](FakeCounts& now) { ++now.connections; });
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    if (options.tls) {
      asio::co_spawn(io, serve(*this, TlsStream(std::move(socket), tls), number), asio::detached);
    } else {
      asio::co_spawn(io, serve(*this, std::move(socket), number), asio::detached);
    }
  }
}

void FakeEndpoint::Impl::begin(FakeRequest& request) {
  count([&](FakeCounts& now) {
    request.number = now.requests++;
    now.peak_in_flight = std::max(now.peak_in_flight, ++in_flight);
    if (options.keep_requests) requests.push_back(request);
  });
}

void FakeEndpoint::Impl::remember_body(const FakeRequest& request) {
  if (!options.keep_requests) return;
  const std::lock_guard lock(mutex);
  requests[request.number].body = request.body;
}

void FakeEndpoint::Impl::end() {
  count([&](FakeCounts&) { --in_flight; });
}

FakeCounts FakeEndpoint::Impl::counts_now() const {
  const std::lock_guard lock(mutex);
  return counts;
}

FakeEndpoint::FakeEndpoint(FakeOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}

FakeEndpoint::FakeEndpoint(Script script) : FakeEndpoint(FakeOptions{.script = std::move(script)}) {}

FakeEndpoint::~FakeEndpoint() = default;

std::uint16_t FakeEndpoint::port() const { return impl_->port; }

std::string FakeEndpoint::url() const { return impl_->url; }

FakeCounts FakeEndpoint::counts() const { return impl_->counts_now(); }

std::vector<FakeRequest> FakeEndpoint::requests() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->requests;
}

void FakeEndpoint::release() {
  asio::post(impl_->io, [impl = impl_.get()] {
    impl->released = true;
    impl->gate.cancel();
  });
}

bool FakeEndpoint::wait_until(const std::function<bool(const FakeCounts&)>& holds) const {
  std::unique_lock lock(impl_->mutex);
  return impl_->changed.wait_for(lock, kPatience, [&] { return holds(impl_->counts); });
}

bool FakeEndpoint::wait_for_requests(std::size_t number) const {
  return wait_until([number](const FakeCounts& counts) { return counts.requests >= number; });
}

void FakeEndpoint::close_connections() {
  asio::post(impl_->io, [impl = impl_.get()] {
    for (tcp::socket* socket : impl->open) drop(*socket);
  });
}

}  // namespace synthv1::test
