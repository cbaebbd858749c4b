// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/ask.h"

#include "synthv1/model/backoff.h"

#include <algorithm>

#include <boost/asio/this_coro.hpp>
#include <fmt/format.h>

namespace synthv1 {

namespace {

using std::chrono::milliseconds;

constexpr std::uint32_t kTries = 6;
/// A pause is slept in pieces of this, so that the end of the run is noticed soon.
constexpr milliseconds kNap{1000};
/// Calls that were held back together come again within this time, not at once.
constexpr milliseconds kResumeWithin{250};

/// One ask(): its requests one after the other.
class Asking {
 public:
  Asking(ChatModel& model, RunState& run, AskTask& task) : model_(model), run_(run), task_(task) {}

  asio::awaitable<AskOutcome> outcome() {
    while (true) {
      ChatRequest request = task_.make_request(refusals_);
      request.attempt = refusals_.count;
      cure(refusals_, request);
      auto reply = co_await reply_to(request);
      if (!reply) co_return end(failed_as_, std::move(reply.error()));
      last_ = std::move(*reply);
      if (take(request, *last_)) co_return end(AskEnd::accepted, {});
      if (is_last(*last_)) co_return end(AskEnd::refused, refusals_.what);
    }
  }

 private:
  AskOutcome end(AskEnd how, std::string message) {
    return {.end = how,
            .refusals = std::move(refusals_),
            .reply = std::move(last_),
            .message = std::move(message)};
  }

  /// Whether no try is left after this refused reply.
  bool is_last(const ChatReply& reply) const {
    if (reply.kept) return reply.verdict && reply.verdict->kind == VerdictKind::settled && task_.will_do();
    return refusals_.count - kept_refusals_ >= most_refusals();
  }

  /// Of replies that are not out of a journal.
  std::uint32_t most_refusals() const {
    const std::uint32_t most = task_.max_retries;
    return kept_refusals_ > most ? std::max(most, 1u) : most + 1 - kept_refusals_;
  }

  bool take(const ChatRequest& request, const ChatReply& reply) {
    Refusal refusal = look_at(reply);
    const bool accepted = refusal.kind == RefusalKind::none;
    if (accepted) {
      if (counts(reply)) ++run_.counters().accepted;
    } else {
      count(reply, std::move(refusal));
    }
    if (!reply.verdict) model_.judged(request, reply, verdict_on(reply, accepted));
    return accepted;
  }

  Refusal look_at(const ChatReply& reply) {
    Refusal refusal = refusal_of(reply);
    if (refusal.kind == RefusalKind::none) {
      auto fault = task_.check_reply(reply);
      if (!fault) return refusal;
      refusal = {RefusalKind::faulty, std::move(*fault)};
    }
    // A loop ends where the tokens do, or in broken JSON.
    if (refusal.kind == RefusalKind::cut_off || refusal.kind == RefusalKind::faulty) {
      const RefusalKind loop = loop_in(reply.content);
      if (loop != RefusalKind::none) refusal.kind = loop;
    }
    return refusal;
  }

  void count(const ChatReply& reply, Refusal refusal) {
    if (counts(reply)) ++run_.counters().refused[std::string(name_of(refusal.kind))];
    refusals_.add(std::move(refusal));
    if (reply.kept) ++kept_refusals_;
  }

  ReplyVerdict verdict_on(const ChatReply& reply, bool accepted) const {
    if (accepted) return {.kind = VerdictKind::accepted};
    const bool settled = is_last(reply) && task_.will_do();
    return {.kind = settled ? VerdictKind::settled : VerdictKind::refused,
            .refused_as = std::string(name_of(refusals_.last)),
            .reason = refusals_.what};
  }

  /// A whole reply, or why there will be none.
  asio::awaitable<std::expected<ChatReply, std::string>> reply_to(const ChatRequest& request) {
    failed_as_ = AskEnd::stopped;
    pauses_ = 0;
    for (std::uint32_t failures = 0; failures < kTries;) {
      if (co_await stopped()) co_return std::unexpected(reason_to_stop());
      auto reply = co_await model_.call(request);
      if (reply) {
        note(*reply);
        co_return std::move(*reply);
      }
      const CallError error = std::move(reply.error());
      note(error);
      if (co_await stopped()) co_return std::unexpected(reason_to_stop());
      if (error.kind == CallClass::transient) ++failures;
      if (error.kind == CallClass::fatal_item || failures == kTries) {
        failed_as_ = AskEnd::failed;
        const bool tried = error.kind == CallClass::transient;
        co_return std::unexpected(tried ? fmt::format("{} tries failed, the last: {}", kTries, error.message)
                                        : error.message);
      }
      co_await pause_after(error);
    }
    co_return std::unexpected(reason_to_stop());
  }

  bool counts(const ChatReply& reply) const { return !reply.kept || run_.counts_kept(); }

  void note(const ChatReply& reply) {
    if (!counts(reply)) return;
    CallCounters& counters = run_.counters();
    ++counters.replies;
    ++(reply.kept ? counters.kept : counters.calls);
    if (!reply.kept) run_.count_usage(reply.usage);
  }

  void note(const CallError& error) {
    CallCounters& counters = run_.counters();
    if (error.sent) {
      ++counters.calls;
      ++counters.failures[error.label];
    }
    if (error.kind == CallClass::fatal_run) run_.stop(error);
  }

  asio::awaitable<void> pause_after(const CallError& error) {
    const Clock::TimePoint now = run_.clock().now();
    if (error.retry_after) return pause_until(now + *error.retry_after + run_.jitter(kResumeWithin));
    const milliseconds most = longest_backoff(pauses_++);
    // The endpoint said that it has too much to do: never at once.
    const milliseconds least = error.kind == CallClass::capacity ? most / 2 : milliseconds(0);
    return pause_until(now + least + run_.jitter(most - least));
  }

  asio::awaitable<void> pause_until(Clock::TimePoint time) {
    while (true) {
      const auto left = std::chrono::ceil<milliseconds>(time - run_.clock().now());
      if (left <= milliseconds(0)) co_return;
      if (co_await stopped()) co_return;
      co_await run_.clock().sleep(std::min(left, kNap));
    }
  }

  asio::awaitable<bool> stopped() {
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    co_return run_.fatal() || run_.draining() || cancellation.cancelled() != asio::cancellation_type::none;
  }

  std::string reason_to_stop() const { return run_.fatal() ? run_.fatal()->message : "stopped"; }

  ChatModel& model_;
  RunState& run_;
  AskTask& task_;
  Refusals refusals_;
  std::optional<ChatReply> last_;
  std::uint32_t kept_refusals_ = 0;
  AskEnd failed_as_ = AskEnd::stopped;
  std::uint32_t pauses_ = 0;
};

}  // namespace

asio::awaitable<AskOutcome> ask(ChatModel& model, RunState& run, AskTask task) {
  // A cancelled coroutine throws where it awaits next, unless told otherwise; here the end of the run is a
  // value.
  const bool throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  Asking asking(model, run, task);
  AskOutcome outcome = co_await asking.outcome();
  co_await asio::this_coro::throw_if_cancelled(throws);
  co_return outcome;
}

}  // namespace synthv1
