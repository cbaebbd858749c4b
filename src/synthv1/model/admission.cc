// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/admission.h"

#include "synthv1/net/await.h"

#include <list>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

namespace synthv1 {

namespace {

/// A call that waits for a permit.
struct Waiter {
  asio::steady_timer timer;
  bool admitted = false;
};

/// The permits and the calls in line for them.
struct Gate {
  std::uint32_t free;
  std::list<Waiter*> line;

  /// Hands a permit that comes back to the first in line.
  void give_back() {
    if (line.empty()) {
      ++free;
      return;
    }
    Waiter& first = *line.front();
    line.pop_front();
    first.admitted = true;
    first.timer.cancel();
  }
};

/// A place in line and, once admitted, a permit. Whatever ends the call, it is given back.
class Permit {
 public:
  Permit(std::shared_ptr<Gate> gate, asio::any_io_executor executor)
      : gate_(std::move(gate)), waiter_{asio::steady_timer(std::move(executor))} {
    if (gate_->free > 0) {
      --gate_->free;
      waiter_.admitted = true;
      return;
    }
    place_ = gate_->line.insert(gate_->line.end(), &waiter_);
  }
  ~Permit() {
    if (waiter_.admitted) {
      gate_->give_back();
    } else {
      gate_->line.erase(place_);
    }
  }
  Permit(const Permit&) = delete;
  Permit& operator=(const Permit&) = delete;

  /// Returns once admitted, or without a permit where the coroutine is cancelled.
  asio::awaitable<bool> wait() {
    if (waiter_.admitted) co_return true;
    waiter_.timer.expires_at(asio::steady_timer::time_point::max());
    co_await waiter_.timer.async_wait(net::kAwait);
    co_return waiter_.admitted;
  }

 private:
  std::shared_ptr<Gate> gate_;
  Waiter waiter_;
  std::list<Waiter*>::iterator place_;
};

class Admission final : public ChatModel {
 public:
  Admission(std::unique_ptr<ChatModel> inner, std::uint32_t limit)
      : inner_(std::move(inner)), gate_(std::make_shared<Gate>(Gate{.free = limit, .line = {}})) {}

  asio::awaitable<std::expected<ChatReply, CallError>> call(const ChatRequest& request) override {
    Permit permit(gate_, co_await asio::this_coro::executor);
    if (!co_await permit.wait()) co_return std::unexpected(cancelled());
    co_return co_await inner_->call(request);
  }
  void judged(const ChatRequest& request, const ChatReply& reply, const ReplyVerdict& verdict) override {
    inner_->judged(request, reply, verdict);
  }

 private:
  static CallError cancelled() {
    return {.kind = CallClass::fatal_item,
            .message = "stopped",
            .label = "cancelled",
            .retry_after = {},
            .sent = false};
  }

  std::unique_ptr<ChatModel> inner_;
  std::shared_ptr<Gate> gate_;
};

}  // namespace

std::unique_ptr<ChatModel> with_admission(std::unique_ptr<ChatModel> inner, std::uint32_t limit) {
  check(limit > 0, "with_admission: the limit is at least 1");
  return std::make_unique<Admission>(std::move(inner), limit);
}

}  // namespace synthv1
