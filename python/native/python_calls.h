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

/// The calls that a client in Python makes for the driver: each goes to Python as an event "call" with the
/// body of its request, and waits without holding a thread until answer() or for `patience`. A call that is
/// cancelled is an event "cancel".
class PythonCalls {
 public:
  using Outcome = std::expected<net::HttpResponse, net::TransportError>;

  /// `courier` outlives the calls.
  PythonCalls(Courier& courier, std::chrono::milliseconds patience)
      : courier_(courier), patience_(patience) {}

  /// How the driver reaches them; it outlives no PythonCalls.
  ChatExchange exchange();

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

  net::asio::awaitable<Outcome> call(std::string body);
  std::uint64_t begin(const std::shared_ptr<Waiting>& waiting);
  void give_up(std::uint64_t id);

  Courier& courier_;
  std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::uint64_t last_id_ = 0;
  std::unordered_map<std::uint64_t, std::shared_ptr<Waiting>> waiting_;
};

}  // namespace synthv1::python
