// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/admission.h"

#include "synthv1/model/call_gate.h"
#include "synthv1/model/token_estimate.h"
#include "synthv1/net/await.h"

#include <algorithm>
#include <list>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

namespace synthv1 {

namespace {

using namespace asio::experimental::awaitable_operators;
using std::chrono::milliseconds;

constexpr std::chrono::seconds kLoadInterval{5};
/// A server that says nothing so often has nothing to say.
constexpr int kLoadTries = 3;

}  // namespace

/// What outlives an Admission with calls in line.
struct Admission::State {
  State(const AdmissionOptions& options, Clock& used) : gate(options), clock(used) {}

  /// Lets through as many of the line as may go now. The first of the rest hears when its turn may be.
  void admit();

  CallGate gate;
  Clock& clock;
  std::list<Turn*> line;
  TokenEstimator estimator;
  Clock::TimePoint next_load{};
  int load_tries = kLoadTries;
  bool draining = false;
};

/// A place in line and, once admitted, a permit. Whatever ends the call, it is given back.
class Admission::Turn {
 public:
  Turn(std::shared_ptr<State> state, double tokens, asio::any_io_executor executor)
      : state_(std::move(state)), tokens_(tokens), woken_(std::move(executor)) {
    woken_.expires_at(asio::steady_timer::time_point::max());
    place_ = state_->line.insert(state_->line.end(), this);
  }
  /// The clock may be gone where calls are destroyed rather than ended.
  ~Turn() {
    if (left_) return;
    leave();
    if (!state_->line.empty()) state_->line.front()->wake();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  /// Returns once admitted, or false where the coroutine is cancelled or the line is drained.
  asio::awaitable<bool> admitted() {
    if (state_->line.front() == this) state_->admit();
    while (!ticket_) {
      if (state_->draining) co_return false;
      if (wait_) {
        // What ends a call may shorten the wait.
        co_await (woken_.async_wait(net::kAwait) || state_->clock.sleep(*wait_));
      } else {
        co_await woken_.async_wait(net::kAwait);
      }
      // Awaiting anything but a state would throw.
      const auto cancellation = co_await asio::this_coro::cancellation_state;
      if (cancellation.cancelled() != asio::cancellation_type::none) co_return false;
      if (!ticket_ && state_->line.front() == this) state_->admit();
    }
    co_return true;
  }

  /// Takes it out of the line, of which it is the first.
  void admit(Clock::TimePoint now) {
    ticket_ = state_->gate.admit(now, tokens_);
    state_->line.erase(place_);
    wake();
  }
  /// It is the first of the line, and may go after so long; nothing: when another has ended.
  void wait_for(std::optional<milliseconds> time) {
    if (time || wait_) wake();
    wait_ = time;
  }
  void wake() { woken_.cancel(); }

  /// The call is over: gives the permit to the next.
  void end() {
    leave();
    state_->admit();
  }

  const Ticket& ticket() const { return *ticket_; }

 private:
  void leave() {
    left_ = true;
    if (ticket_) {
      state_->gate.leave(*ticket_);
    } else {
      state_->line.erase(place_);
    }
  }

  std::shared_ptr<State> state_;
  double tokens_;  ///< that the call is expected to take
  asio::steady_timer woken_;
  std::list<Turn*>::iterator place_;
  std::optional<milliseconds> wait_;
  std::optional<Ticket> ticket_;
  bool left_ = false;
};

void Admission::State::admit() {
  const Clock::TimePoint now = clock.now();
  while (!draining && !line.empty()) {
    const auto left = gate.wait(now);
    if (!left || *left > milliseconds(0)) return line.front()->wait_for(left);
    line.front()->admit(now);
  }
}

Admission::Admission(std::unique_ptr<ChatModel> inner, AdmissionOptions options, Clock& clock)
    : inner_(std::move(inner)),
      options_(std::move(options)),
      state_(std::make_shared<State>(options_, clock)) {
  check(options_.limit > 0 && options_.start > 0, "Admission: at least one call may be in flight");
}

Admission::~Admission() = default;

asio::awaitable<std::expected<ChatReply, CallError>> Admission::call(const ChatRequest& request) {
  Turn turn(state_, expected_tokens(request), co_await asio::this_coro::executor);
  const bool admitted = co_await turn.admitted();
  if (!admitted) co_return std::unexpected(not_sent());
  if (is_time_to_ask_load()) {
    co_await ask_load();
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    if (cancellation.cancelled() != asio::cancellation_type::none) co_return std::unexpected(not_sent());
  }
  auto outcome = co_await inner_->call(request);
  note(turn.ticket(), request, outcome);
  turn.end();
  co_return outcome;
}

double Admission::expected_tokens(const ChatRequest& request) const {
  if (options_.tokens_a_minute <= 0) return 0;
  return static_cast<double>(state_->estimator.expected(request).total());
}

void Admission::note(const Ticket& ticket, const ChatRequest& request,
                     const std::expected<ChatReply, CallError>& outcome) {
  CallGate& gate = state_->gate;
  const Clock::TimePoint now = state_->clock.now();
  if (!outcome) return gate.failed(ticket, outcome.error(), now);
  if (outcome->load) state_->load_tries = 0;
  double taken = 0;
  if (options_.tokens_a_minute > 0) {
    taken = static_cast<double>(state_->estimator.taken(request, *outcome).total());
    state_->estimator.learn(request, *outcome);
  }
  gate.replied(ticket, *outcome, taken, now);
}

void Admission::judged(const ChatRequest& request, const ChatReply& reply, const ReplyVerdict& verdict) {
  inner_->judged(request, reply, verdict);
}

void Admission::drain() {
  state_->draining = true;
  for (Turn* turn : state_->line) turn->wake();
}

AdmissionStatus Admission::status() const {
  AdmissionStatus status = state_->gate.status(state_->clock.now());
  status.waiting = static_cast<std::uint32_t>(state_->line.size());
  return status;
}

bool Admission::is_time_to_ask_load() {
  if (!options_.adaptive || !options_.ask_load || state_->load_tries <= 0) return false;
  const Clock::TimePoint now = state_->clock.now();
  if (now < state_->next_load) return false;
  state_->next_load = now + kLoadInterval;
  return true;
}

/// By a call that holds a permit: it has not been sent yet, so a server that is slow to say costs no reply.
asio::awaitable<void> Admission::ask_load() {
  const ServerLoad load = co_await options_.ask_load();
  state_->load_tries = load.known() ? kLoadTries : state_->load_tries - 1;
  state_->gate.load_seen(load);
}

std::unique_ptr<Admission> with_admission(std::unique_ptr<ChatModel> inner, AdmissionOptions options,
                                          Clock& clock) {
  return std::make_unique<Admission>(std::move(inner), std::move(options), clock);
}

}  // namespace synthv1
