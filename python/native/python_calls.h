// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/courier.h"
#include "synthv1/model/chat_exchange.h"
#include "synthv1/net/await.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace synthv1::python {

/// Calls that Python makes for the driver: each goes there as an event with a text, and waits without holding
/// a thread until answer(), or for so long. A call that is given up is an event "cancel".
class PythonCalls {
 public:
  using Outcome = std::expected<net::HttpResponse, net::TransportError>;

  /// `courier` outlives the calls.
  explicit PythonCalls(Courier& courier) : courier_(courier) {}

  /// A client as what carries chats: the event is "call", its text the body of the request.
  ChatExchange exchange(std::chrono::milliseconds patience);
  /// One call, on the driver's thread.
  net::asio::awaitable<Outcome> call(std::string event, std::string text, std::chrono::milliseconds patience);

  /// What came of the call with that number; of one that nobody waits for it is passed over. Any thread.
  void answer(std::uint64_t id, Outcome outcome);

 private:
  /// A call that Python makes. Of one thread, the driver's.
  struct Waiting {
    explicit Waiting(const net::asio::any_io_executor& driver) : executor(driver), arrived(driver) {}
    net::asio::any_io_executor executor;
    net::Event arrived;
    std::optional<Outcome> outcome;
  };

  std::uint64_t begin(const std::shared_ptr<Waiting>& waiting);
  void give_up(std::uint64_t id);

  Courier& courier_;
  std::mutex mutex_;
  std::uint64_t last_id_ = 0;
  std::unordered_map<std::uint64_t, std::shared_ptr<Waiting>> waiting_;
};

}  // namespace synthv1::python
