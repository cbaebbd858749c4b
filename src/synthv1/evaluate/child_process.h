// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"

#include <chrono>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/local/stream_protocol.hpp>

namespace synthv1 {

namespace asio = boost::asio;

/// A program that answers a line with a line. One thread.
class ChildProcess {
 public:
  /// Starts `command` by /bin/sh; its standard error is ours. ErrorKind::disk where no process can be made.
  static Result<std::unique_ptr<ChildProcess>> start(const asio::any_io_executor& executor,
                                                     const std::string& command);
  /// Ends it: its input is closed, and what has not ended a second later is killed.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Writes a line and returns the next one without its break. ErrorKind::endpoint where the program has
  /// ended, sends more than 16 MB without a break, or is too slow; ErrorKind::stopped where the coroutine is
  /// cancelled. After an error nothing more may be exchanged.
  asio::awaitable<Result<std::string>> exchange(std::string line, std::chrono::milliseconds timeout);

 private:
  ChildProcess(const asio::any_io_executor& executor, int socket, int process);
  std::string why_ended();

  asio::local::stream_protocol::socket socket_;
  std::string received_;
  int process_;
};

}  // namespace synthv1
