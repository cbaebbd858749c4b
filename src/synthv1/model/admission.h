// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"
#include "synthv1/model/clock.h"
#include "synthv1/model/server_load.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace synthv1 {

struct Ticket;  // model/call_gate.h

/// How many calls a run may send, at once and a minute.
struct AdmissionOptions {
  std::uint32_t limit = 8;  ///< most calls in flight, at least 1; fewer for a while where many are refused
  bool adaptive = false;    ///< begins with `start` and finds the best number by trying
  std::uint32_t start = 8;
  double requests_a_minute = 0;  ///< 0: as many as there are
  double tokens_a_minute = 0;    ///< in and out; 0: as many as there are
  std::uint64_t jitter_seed = 0;
  /// Asks the server how busy it is, every few seconds while adaptive; empty: it cannot be asked.
  std::function<asio::awaitable<ServerLoad>()> ask_load{};
};

/// How admission stands, for a panel.
struct AdmissionStatus {
  std::uint32_t in_flight = 0;
  std::uint32_t limit = 0;                ///< calls that may be in flight now
  std::uint32_t waiting = 0;              ///< calls in line
  std::chrono::milliseconds held_for{0};  ///< nothing is sent for so long
  std::uint64_t cuts = 0;                 ///< of the limit
};

/// A model behind a gate (model/call_gate.h says when it opens): the calls wait in one line, first come first
/// served, retries like any other. Cancelling a call that waits takes it out of the line (label "cancelled");
/// a permit comes back whatever ends its call. One thread.
class Admission final : public ChatModel {
 public:
  /// `clock` must outlive it.
  Admission(std::unique_ptr<ChatModel> inner, AdmissionOptions options, Clock& clock);
  ~Admission() override;

  asio::awaitable<std::expected<ChatReply, CallError>> call(const ChatRequest& request) override;
  void judged(const ChatRequest& request, const ChatReply& reply, const ReplyVerdict& verdict) override;

  /// Lets nobody through any more: the calls in line end as if cancelled, those in flight go on.
  void drain();

  AdmissionStatus status() const;

 private:
  struct State;
  class Turn;

  double expected_tokens(const ChatRequest& request) const;
  void note(const Ticket& ticket, const ChatRequest& request,
            const std::expected<ChatReply, CallError>& outcome);
  bool is_time_to_ask_load();
  asio::awaitable<void> ask_load();

  std::unique_ptr<ChatModel> inner_;
  AdmissionOptions options_;
  std::shared_ptr<State> state_;
};

/// `inner` behind a gate.
std::unique_ptr<Admission> with_admission(std::unique_ptr<ChatModel> inner, AdmissionOptions options,
                                          Clock& clock);

}  // namespace synthv1
