// SPDX-License-Identifier: Apache-2.0
#include "native/python_calls.h"

#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

namespace synthv1::python {

namespace asio = net::asio;

ChatExchange PythonCalls::exchange(std::chrono::milliseconds patience) {
  return [this, patience](std::string body) { return call("call", std::move(body), patience); };
}

asio::awaitable<PythonCalls::Outcome> PythonCalls::call(std::string event, std::string text,
                                                        std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  const auto waiting = std::make_shared<Waiting>(co_await asio::this_coro::executor);
  const std::uint64_t id = begin(waiting);
  courier_.post({.name = std::move(event), .id = id, .text = std::move(text)});
  while (!waiting->outcome) {
    const net::Woken woken = co_await waiting->arrived.wait_until(deadline);
    if (waiting->outcome) break;
    const bool late = std::chrono::steady_clock::now() >= deadline;
    if (woken == net::Woken::normally && !late) continue;
    give_up(id);
    if (woken == net::Woken::by_cancellation)
      co_return std::unexpected(net::TransportError{net::TransportFault::cancelled, "cancelled"});
    co_return std::unexpected(
        net::TransportError{net::TransportFault::total_timeout, "there was no answer in time"});
  }
  co_return std::move(*waiting->outcome);
}

std::uint64_t PythonCalls::begin(const std::shared_ptr<Waiting>& waiting) {
  const std::lock_guard lock(mutex_);
  waiting_.emplace(++last_id_, waiting);
  return last_id_;
}

void PythonCalls::give_up(std::uint64_t id) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.erase(id);
  }
  courier_.post({.name = "cancel", .id = id});
}

// Posts with the lock held: a call that gives up waits for it, so the driver's loop is still there.
void PythonCalls::answer(std::uint64_t id, Outcome outcome) {
  const std::lock_guard lock(mutex_);
  const auto found = waiting_.find(id);
  if (found == waiting_.end()) return;
  asio::post(found->second->executor, [waiting = found->second, outcome = std::move(outcome)]() mutable {
    waiting->outcome = std::move(outcome);
    waiting->arrived.signal();
  });
  waiting_.erase(found);
}

}  // namespace synthv1::python
