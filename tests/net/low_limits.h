// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <sys/resource.h>
#include <unistd.h>

namespace synthv1::test {

/// A listener whose queue is full, so that connecting to it waits: what a name server's dead address, a
/// firewall that drops or an overwhelmed server look like.
class FullBacklog {
 public:
  FullBacklog(const std::string& address, std::uint16_t port) {
    using boost::asio::ip::tcp;
    const tcp::endpoint place(boost::asio::ip::make_address(address), port);
    listener_.open(place.protocol());
    listener_.set_option(tcp::acceptor::reuse_address(true));
    listener_.bind(place);
    listener_.listen(1);
    for (int i = 0; i < 8; ++i) {
      tcp::socket& socket = queued_.emplace_back(io_);
      socket.open(place.protocol());
      socket.native_non_blocking(true);
      const tcp::endpoint full = listener_.local_endpoint();
      ::connect(socket.native_handle(), full.data(), static_cast<socklen_t>(full.size()));
    }
  }
  std::uint16_t port() const { return listener_.local_endpoint().port(); }

 private:
  boost::asio::io_context io_;
  boost::asio::ip::tcp::acceptor listener_{io_};
  std::deque<boost::asio::ip::tcp::socket> queued_;
};

/// While it lives, the process can open no more files or sockets.
class NoMoreDescriptors {
 public:
  NoMoreDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int next = ::dup(0);
    ::close(next);
    rlimit now = before_;
    now.rlim_cur = static_cast<rlim_t>(next);
    ::setrlimit(RLIMIT_NOFILE, &now);
  }
  ~NoMoreDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  NoMoreDescriptors(const NoMoreDescriptors&) = delete;
  NoMoreDescriptors& operator=(const NoMoreDescriptors&) = delete;

 private:
  rlimit before_{};
};

}  // namespace synthv1::test
