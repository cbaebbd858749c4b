// SPDX-License-Identifier: Apache-2.0
#include "native/python_agent.h"

#include "synthv1/evaluate/outside_agent.h"

#include <functional>
#include <optional>
#include <utility>

#include <boost/asio/this_coro.hpp>
#include <fmt/format.h>

namespace synthv1::python {

namespace asio = net::asio;

namespace {

/// The line to one memory.
class PythonLink final : public AgentLink {
 public:
  PythonLink(PythonCalls& calls, std::uint64_t number, std::chrono::milliseconds patience,
             std::function<void()> on_end)
      : calls_(calls), number_(number), patience_(patience), on_end_(std::move(on_end)) {}
  ~PythonLink() override { on_end_(); }
  PythonLink(const PythonLink&) = delete;
  PythonLink& operator=(const PythonLink&) = delete;

  asio::awaitable<Result<std::string>> exchange(std::string message) override {
    auto reply = co_await calls_.call("agent", fmt::format("{}\n{}", number_, message), patience_);
    if (reply) co_return std::move(reply->body);
    const bool stopped = reply.error().fault == net::TransportFault::cancelled;
    co_return fail(stopped ? ErrorKind::stopped : ErrorKind::endpoint, std::move(reply.error().message));
  }

 private:
  PythonCalls& calls_;
  std::uint64_t number_;
  std::chrono::milliseconds patience_;
  std::function<void()> on_end_;
};

class PythonAgent final : public Agent {
 public:
  PythonAgent(PythonCalls& calls, Courier& courier, Memories memories, std::chrono::milliseconds patience)
      : calls_(calls), courier_(courier), memories_(memories), patience_(patience) {}

  asio::awaitable<Result<std::unique_ptr<Memory>>> begin(const EvalRecord& record) override {
    if (!freed_) freed_.emplace(co_await asio::this_coro::executor);
    while (memories_ == Memories::one && open_ > 0) {
      const net::Woken woken = co_await freed_->wait();
      if (woken == net::Woken::by_cancellation) co_return fail(ErrorKind::stopped, "stopped");
    }
    ++open_;
    const std::uint64_t number = ++last_;
    auto link = std::make_shared<PythonLink>(calls_, number, patience_, [this, number] { forget(number); });
    co_return co_await begin_outside(std::move(link), record);
  }

 private:
  void forget(std::uint64_t number) {
    courier_.post({.name = "forget", .id = number});
    --open_;
    freed_->signal();
  }

  PythonCalls& calls_;
  Courier& courier_;
  Memories memories_;
  std::chrono::milliseconds patience_;
  std::optional<net::Event> freed_;
  std::uint32_t open_ = 0;
  std::uint64_t last_ = 0;
};

}  // namespace

std::unique_ptr<Agent> make_python_agent(PythonCalls& calls, Courier& courier, Memories memories,
                                         std::chrono::milliseconds patience) {
  return std::make_unique<PythonAgent>(calls, courier, memories, patience);
}

}  // namespace synthv1::python
