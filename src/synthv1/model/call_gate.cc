// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/call_gate.h"

#include "synthv1/model/backoff.h"
#include "synthv1/model/token_estimate.h"

#include <algorithm>

namespace synthv1 {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kStep{250};
/// Longer than a connection may take to come about: one that lasts so long has.
constexpr milliseconds kProbe{15'000};

/// The permit of a refused call rests so long, so that a refusing endpoint is not asked in a circle.
constexpr milliseconds kRest{100};

/// Of fewer calls, only all refusals say anything.
constexpr std::size_t kFewestCalls = 8;
constexpr std::size_t kMostCalls = 64;
/// The limit is cut by two refusals in five, before half of them hold all calls back; a gateway
/// that refuses one call in ten whatever the load is far from both.
constexpr std::size_t kCutWindow = 32;
constexpr std::size_t kCutRefusals = 13;

double seconds_a_token(const ChatReply& reply) {
  const auto counted = static_cast<double>(reply.usage.completion_tokens.value_or(0));
  const double tokens = counted > 0 ? counted : estimate_tokens(reply.content);
  return std::chrono::duration<double>(reply.latency).count() / std::max(tokens, 1.0);
}

}  // namespace

CallGate::CallGate(const AdmissionOptions& options)
    : limit_(options.adaptive ? options.start : options.limit, options.limit),
      requests_(options.requests_a_minute),
      tokens_(options.tokens_a_minute),
      refusals_(2 * std::size_t{options.limit} + kMostCalls),
      random_(RandomStream(options.jitter_seed).child("admission")) {}

std::optional<milliseconds> CallGate::wait(Clock::TimePoint now) {
  if (now < held_until_) return std::chrono::ceil<milliseconds>(held_until_ - now);
  const auto left = wait_for_permit(now);
  if (!left || *left > milliseconds(0)) return left;
  return std::max(requests_.wait(now), tokens_.wait(now));
}

std::optional<milliseconds> CallGate::wait_for_permit(Clock::TimePoint now) {
  while (!resting_.empty() && resting_.front() <= now) resting_.pop_front();
  step_up(now);
  if (in_flight_ >= limit_.now()) return std::nullopt;
  if (in_flight_ + resting_.size() >= limit_.now())
    return std::chrono::ceil<milliseconds>(resting_.front() - now);
  if (!ramp_ || in_flight_since_ < *ramp_) return milliseconds(0);
  return std::chrono::ceil<milliseconds>(*next_step_ - now);
}

void CallGate::step_up(Clock::TimePoint now) {
  if (!ramp_) return;
  if (next_step_ && now >= *next_step_) {
    *ramp_ *= 2;
    next_step_ = now + kStep;
  }
  if (*ramp_ >= limit_.now()) ramp_.reset();
}

Ticket CallGate::admit(Clock::TimePoint now, double tokens) {
  requests_.take(now, 1);
  tokens_.take(now, tokens);
  ++in_flight_since_;
  if (ramp_ && !next_step_) next_step_ = now + first_step_;
  limit_.admitted(++in_flight_);
  return {.number = next_++, .tokens = tokens};
}

void CallGate::leave(const Ticket& ticket) {
  --in_flight_;
  if (ticket.number >= resumed_at_) --in_flight_since_;
}

void CallGate::replied(const Ticket& ticket, const ChatReply& reply, double tokens, Clock::TimePoint now) {
  tokens_.correct(tokens - ticket.tokens);
  if (ticket.number >= resumed_at_) {
    holds_ = 0;
    if (ramp_ && *ramp_ == 1) next_step_ = now + kStep;
    if (ramp_) ++*ramp_;
  }
  // Calls of earlier rounds met a server with fewer others.
  if (reply.load && ticket.number >= limit_.round_began()) load_seen(*reply.load);
  limit_.replied(ticket.number, seconds_a_token(reply), next_);
  if (reply.quota_pause) hold(now + *reply.quota_pause, kStep);
}

void CallGate::failed(const Ticket& ticket, const CallError& error, Clock::TimePoint now) {
  if (!error.sent) requests_.correct(-1);
  if (!error.sent || error.kind == CallClass::capacity) tokens_.correct(-ticket.tokens);
  if (error.sent && error.kind == CallClass::capacity) return refused(ticket, error, now);
  if (error.sent && error.kind == CallClass::transient) limit_.failed();
}

void CallGate::refused(const Ticket& ticket, const CallError& error, Clock::TimePoint now) {
  const auto come_again =
      error.retry_after ? std::optional(now + *error.retry_after) : std::optional<Clock::TimePoint>();
  refusals_.refused(ticket.number, come_again);
  resting_.push_back(now + kRest);
  cut_if_too_high(ticket.number);
  // Sent before the hold that is on: it can only make it longer.
  if (ticket.number < resumed_at_) {
    if (now < held_until_ && come_again) held_until_ = std::max(held_until_, *come_again);
    return;
  }
  const std::uint64_t first = std::max(resumed_at_, limit_.cut_at());
  const RefusalShare share = refusals_.share(first, ticket.number, window(error));
  if (!is_full(share)) return;
  if (error.unreachable) return hold(now + backoff(), kProbe);
  const auto until = come_again ? std::max(come_again, share.come_again) : share.come_again;
  hold(until ? *until : now + backoff(), kStep);
}

void CallGate::cut_if_too_high(std::uint64_t call) {
  if (call < limit_.cut_at()) return;
  // A refused probe says nothing of how many calls are too many.
  if (ramp_ && *ramp_ == 1 && call >= resumed_at_) return;
  if (refusals_.share(limit_.cut_at(), call, kCutWindow).refusals >= kCutRefusals) limit_.cut(next_);
}

bool CallGate::is_full(const RefusalShare& share) const {
  if (in_flight_ == 1) return true;
  if (share.calls < kFewestCalls) return share.calls > 0 && share.refusals == share.calls;
  return 2 * share.refusals >= share.calls;
}

/// A limit that is used up is answered for twice. Gateways refuse calls at random; a port that nobody listens
/// at does not.
std::size_t CallGate::window(const CallError& error) const {
  if (error.unreachable) return kFewestCalls;
  return std::clamp<std::size_t>(2 * std::size_t{limit_.now()}, kFewestCalls, kMostCalls);
}

void CallGate::hold(Clock::TimePoint until, milliseconds first_step) {
  held_until_ = std::max(held_until_, until);
  resumed_at_ = next_;
  ramp_ = 1;
  in_flight_since_ = 0;
  next_step_.reset();
  first_step_ = first_step;
}

milliseconds CallGate::backoff() {
  const milliseconds most = longest_backoff(holds_++);
  return most / 2 + milliseconds(random_.between(0, (most / 2).count()));
}

AdmissionStatus CallGate::status(Clock::TimePoint now) const {
  const auto held = std::chrono::ceil<milliseconds>(held_until_ - now);
  return {.in_flight = in_flight_,
          .limit = limit_.now(),
          .held_for = std::max(held, milliseconds(0)),
          .cuts = limit_.cuts()};
}

}  // namespace synthv1
