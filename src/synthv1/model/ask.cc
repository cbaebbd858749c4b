// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/ask.h"

#include "synthv1/base/text.h"

#include <algorithm>
#include <array>

#include <boost/asio/this_coro.hpp>
#include <fmt/format.h>

namespace synthv1 {

namespace {

using std::chrono::milliseconds;

constexpr std::uint32_t kTries = 6;
constexpr milliseconds kFirstPause{500};
constexpr milliseconds kLongestPause{8000};
/// A pause is slept in pieces of this, so that the end of the run is noticed soon.
constexpr milliseconds kNap{1000};
/// Calls that were held back together come again within this time, not at once.
constexpr milliseconds kResumeWithin{250};

constexpr std::array<std::string_view, 6> kRefusalNames = {"none",    "faulty",   "empty",
                                                           "cut off", "declined", "unfinished"};
constexpr std::array<std::string_view, 6> kGoodEnds = {"",          "stop",          "eos",
                                                       "eos_token", "stop_sequence", "end_turn"};

struct Refusal {
  RefusalKind kind = RefusalKind::none;
  std::string what;
};

/// What is wrong with the way a reply ended.
Refusal refusal_of_end(const ChatReply& reply) {
  const std::string& reason = reply.finish_reason;
  if (reason == "length") return {RefusalKind::cut_off, "the reply was cut off at max_tokens"};
  if (reason == "refusal") return {RefusalKind::declined, "the model declined: " + one_line(reply.content)};
  if (reason == "content_filter") return {RefusalKind::declined, "a content filter cut the reply"};
  if (reason == "thoughts") return {RefusalKind::empty, "the reply held thoughts and no answer"};
  if (std::find(kGoodEnds.begin(), kGoodEnds.end(), reason) == kGoodEnds.end()) {
    return {RefusalKind::unfinished, fmt::format("the reply ended by '{}'", one_line(reason))};
  }
  if (trim(reply.content).empty()) return {RefusalKind::empty, "the reply was empty"};
  return {};
}

milliseconds backoff(std::uint32_t pauses_before) {
  return std::min(kFirstPause * (1 << std::min(pauses_before, 10u)), kLongestPause);
}

/// One ask(): its requests one after the other.
class Asking {
 public:
  Asking(ChatModel& model, RunState& run, std::uint32_t max_retries, MakeRequest& make_request,
         CheckReply& check_reply)
      : model_(model),
        run_(run),
        max_retries_(max_retries),
        make_request_(make_request),
        check_reply_(check_reply) {}

  asio::awaitable<AskOutcome> outcome() {
    while (true) {
      ChatRequest request = make_request_(refusals_);
      request.attempt = refusals_.count;
      auto reply = co_await reply_to(request);
      if (!reply) co_return end(failed_as_, std::move(reply.error()));
      if (take(request, *reply)) co_return end(AskEnd::accepted, {});
      if (reply->kept) ++kept_refusals_;
      if (!reply->kept && refusals_.count - kept_refusals_ >= most_refusals())
        co_return end(AskEnd::refused, refusals_.what);
    }
  }

 private:
  AskOutcome end(AskEnd how, std::string message) {
    return {.end = how, .refusals = std::move(refusals_), .message = std::move(message)};
  }

  /// Of replies that are not out of a journal.
  std::uint32_t most_refusals() const {
    if (kept_refusals_ > max_retries_) return std::max(max_retries_, 1u);
    return max_retries_ + 1 - kept_refusals_;
  }

  bool take(const ChatRequest& request, const ChatReply& reply) {
    Refusal refusal = refusal_of_end(reply);
    if (refusal.kind == RefusalKind::none) {
      if (auto fault = check_reply_(reply)) refusal = {RefusalKind::faulty, std::move(*fault)};
    }
    const bool accepted = refusal.kind == RefusalKind::none;
    if (!reply.judged) model_.judged(request, {.accepted = accepted, .reason = refusal.what});
    CallCounters& counters = run_.counters();
    if (accepted) {
      ++counters.accepted;
      return true;
    }
    ++counters.refused[std::string(kRefusalNames[static_cast<std::size_t>(refusal.kind)])];
    refusals_ = {.count = refusals_.count + 1, .last = refusal.kind, .what = std::move(refusal.what)};
    return false;
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

  void note(const ChatReply& reply) {
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
    const milliseconds most = backoff(pauses_++);
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
    co_return run_.fatal() || cancellation.cancelled() != asio::cancellation_type::none;
  }

  std::string reason_to_stop() const { return run_.fatal() ? run_.fatal()->message : "stopped"; }

  ChatModel& model_;
  RunState& run_;
  std::uint32_t max_retries_;
  MakeRequest& make_request_;
  CheckReply& check_reply_;
  Refusals refusals_;
  std::uint32_t kept_refusals_ = 0;
  AskEnd failed_as_ = AskEnd::stopped;
  std::uint32_t pauses_ = 0;
};

}  // namespace

asio::awaitable<AskOutcome> ask(ChatModel& model, RunState& run, std::uint32_t max_retries,
                                MakeRequest make_request, CheckReply check_reply) {
  // A cancelled coroutine throws where it awaits next, unless told otherwise; here the end of the run is a
  // value.
  const bool throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  Asking asking(model, run, max_retries, make_request, check_reply);
  AskOutcome outcome = co_await asking.outcome();
  co_await asio::this_coro::throw_if_cancelled(throws);
  co_return outcome;
}

}  // namespace synthv1
