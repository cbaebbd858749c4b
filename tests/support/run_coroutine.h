// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <optional>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace synthv1::test {

/// Runs a coroutine to its end on `io` and returns what it returned.
template <class T>
T run_coroutine(boost::asio::io_context& io, boost::asio::awaitable<T> coroutine) {
  std::optional<T> result;
  boost::asio::co_spawn(io, std::move(coroutine), [&](std::exception_ptr fault, T value) {
    if (fault) std::rethrow_exception(fault);
    result = std::move(value);
  });
  io.restart();
  io.run();
  return std::move(result.value());
}

}  // namespace synthv1::test
