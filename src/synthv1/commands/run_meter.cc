// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/run_meter.h"

#include "synthv1/base/text.h"

#include <cmath>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>

namespace synthv1 {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kBetweenTicks{200};
constexpr seconds kRecentWork{120}, kRecentTokens{30};
constexpr std::int64_t kFewestItems = 32;
constexpr std::int64_t kFewestTokens = 20'000;
constexpr std::size_t kLongestMessage = 300;

}  // namespace

RunMeter::Measured::Measured(std::uint64_t total)
    : portion{.total = total, .per_second = {}}, speed(kRecentWork, kFewestItems) {}

Portion RunMeter::Measured::at(Clock::TimePoint now) {
  speed.add(now, static_cast<std::int64_t>(portion.done));
  portion.per_second = speed.per_second();
  return portion;
}

RunMeter::RunMeter(Progress& listener, Clock& clock, RunOutline outline, Fill fill)
    : listener_(listener),
      clock_(clock),
      outline_(std::move(outline)),
      fill_(std::move(fill)),
      start_(clock.now()),
      records_(outline_.records),
      sessions_(outline_.sessions),
      paraphrases_(outline_.paraphrases),
      questions_(outline_.questions),
      tokens_(kRecentTokens, kFewestTokens),
      work_(kRecentWork, kFewestItems) {}

void RunMeter::start(const asio::any_io_executor& executor) {
  start_ = clock_.now();
  listener_.begin(outline_);
  sessions_done(outline_.sessions_kept);
  paraphrases_done(outline_.paraphrases_kept);
  questions_done(outline_.questions_kept);
  listener_.status(status());
  asio::co_spawn(executor, tick(), asio::bind_cancellation_slot(wake_.slot(), asio::detached));
}

void RunMeter::stop() {
  if (stopped_) return;
  stopped_ = true;
  listener_.status(status());
  wake_.emit(asio::cancellation_type::all);
}

RunStatus RunMeter::status() {
  const Clock::TimePoint now = clock_.now();
  RunStatus status{.records = records_.at(now),
                   .sessions = sessions_.at(now),
                   .paraphrases = paraphrases_.at(now),
                   .questions = questions_.at(now),
                   .in_flight = open_calls_,
                   .calls = {},
                   .tokens_per_second = {},
                   .cost = {},
                   .left = {},
                   .elapsed = std::chrono::duration_cast<milliseconds>(now - start_),
                   .time_left = {},
                   .message = last_failure_};
  fill_(status);
  if (status.stage == RunStage::running && status.held_for > milliseconds(0)) status.stage = RunStage::held;
  tokens_.add(now, status.calls.completion_tokens);
  status.tokens_per_second = tokens_.per_second();
  status.time_left = time_left(now, status.calls.kept);
  return status;
}

std::optional<seconds> RunMeter::time_left(Clock::TimePoint now, std::uint64_t kept) {
  const std::uint64_t done = sessions_.portion.done + paraphrases_.portion.done + questions_.portion.done;
  const std::uint64_t total = sessions_.portion.total + paraphrases_.portion.total + questions_.portion.total;
  // What a journal gives back in no time says nothing of how long the rest takes.
  work_.add(now, static_cast<std::int64_t>(done) - static_cast<std::int64_t>(kept));
  if (done >= total) return seconds(0);
  const auto per_second = work_.per_second();
  if (!per_second) return std::nullopt;
  return seconds(std::llround(static_cast<double>(total - done) / *per_second));
}

asio::awaitable<void> RunMeter::tick() {
  co_await asio::this_coro::throw_if_cancelled(false);
  while (true) {
    co_await clock_.sleep(kBetweenTicks);
    if (stopped_) co_return;
    listener_.status(status());
  }
}

void RunMeter::sessions_done(std::uint64_t count) {
  sessions_.portion.done += count;
  listener_.sessions_done(count);
}

void RunMeter::paraphrases_done(std::uint64_t count) {
  paraphrases_.portion.done += count;
  listener_.paraphrases_done(count);
}

void RunMeter::questions_done(std::uint64_t count) {
  questions_.portion.done += count;
  listener_.questions_done(count);
}

void RunMeter::evaluated_record() {
  ++records_.portion.done;
  listener_.evaluated_record();
}

void RunMeter::record_done(const RecordSummary& summary) {
  ++records_.portion.done;
  listener_.record_done(summary);
}

void RunMeter::on_call(const ChatRequest& request) {
  ++open_calls_;
  listener_.on_call(request);
}

void RunMeter::on_reply(const ChatRequest& request, const ChatReply& reply) {
  --open_calls_;
  listener_.on_reply(request, reply);
}

void RunMeter::on_failure(const ChatRequest& request, const CallError& error) {
  --open_calls_;
  if (error.sent || error.kind == CallClass::fatal_run)
    last_failure_ = one_line(error.message, kLongestMessage);
  listener_.on_failure(request, error);
}

}  // namespace synthv1
