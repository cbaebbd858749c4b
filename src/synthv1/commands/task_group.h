// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <functional>
#include <list>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace synthv1 {

namespace asio = boost::asio;

/// A condition that coroutines of one thread wait for: they wake at each notify() and look again.
class Wakeup {
 public:
  explicit Wakeup(const asio::any_io_executor& executor)
      : timer_(executor, asio::steady_timer::time_point::max()) {}

  template <class Condition>
  asio::awaitable<void> until(Condition holds) {
    while (!holds()) {
      boost::system::error_code ignored;
      co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
  }
  void notify() { timer_.cancel(); }

 private:
  asio::steady_timer timer_;
};

/// Coroutines of one thread that run side by side and can be cancelled together.
class TaskGroup {
 public:
  explicit TaskGroup(asio::any_io_executor executor) : executor_(std::move(executor)), finished_(executor_) {}

  /// Starts a task; `done` is called at its end. An exception out of a task is kept for join().
  void spawn(asio::awaitable<void> task, std::function<void()> done) {
    const auto signal = signals_.emplace(signals_.end());
    const auto at_end = [this, signal, done = std::move(done)](const std::exception_ptr& exception) {
      if (exception && !exception_) exception_ = exception;
      signals_.erase(signal);
      done();
      finished_.notify();
    };
    asio::co_spawn(executor_, std::move(task), asio::bind_cancellation_slot(signal->slot(), at_end));
  }

  /// Asks every task to end; each still calls its `done`.
  void cancel() {
    for (auto signal = signals_.begin(); signal != signals_.end();)
      (signal++)->emit(asio::cancellation_type::all);
  }

  /// Waits until no task is left, and throws what the first failing task threw.
  asio::awaitable<void> join() {
    co_await finished_.until([this] { return signals_.empty(); });
    if (exception_) std::rethrow_exception(exception_);
  }

  bool failed() const { return exception_ != nullptr; }

 private:
  asio::any_io_executor executor_;
  std::list<asio::cancellation_signal> signals_;
  Wakeup finished_;
  std::exception_ptr exception_;
};

}  // namespace synthv1
