// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/endpoint_run.h"

#include "synthv1/base/text.h"
#include "synthv1/commands/endpoint_options.h"
#include "synthv1/commands/timestamp.h"
#include "synthv1/model/journaled_model.h"

#include <algorithm>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <fmt/format.h>

namespace synthv1 {

namespace {

using std::chrono::milliseconds;

std::int64_t now_ms() { return wall_time().time_since_epoch().count(); }

}  // namespace

EndpointRun::EndpointRun(const RunOptions& options, Progress& progress)
    : began_ms_(now_ms()), options_(options), progress_(progress) {}

Result<void> EndpointRun::open_journal(const RunKind& kind) {
  if (journal_path(options_).empty()) return {};
  auto journal = open_run_journal(options_, kind, executor());
  if (!journal) return std::unexpected(std::move(journal.error()));
  journal_ = std::move(*journal);
  checker_ = kind.checker;
  for (const std::string& remark : journal_.remarks) progress_.note(remark);
  return {};
}

void EndpointRun::make_without_model() {
  state_.emplace(clock_, options_.seed);
  BudgetLimits budget = options_.budget;
  budget.prices = prices_of(options_);
  budget_.emplace(budget, journal_.spent);
}

Result<void> EndpointRun::make_model() {
  make_without_model();
  auto endpoint = OpenAiEndpoint::make(executor(), endpoint_options(options_), clock_);
  if (!endpoint) return std::unexpected(std::move(endpoint.error()));
  const AdmissionOptions limits = admission_options(**endpoint);
  auto model = with_admission(with_budget(std::move(*endpoint), *budget_, *state_), limits, clock_);
  admission_ = model.get();
  model_ = std::move(model);
  if (!journal_.journal) return {};
  budget_->set_on_settled([this] { note_spending(); });
  model_ = with_journal(std::move(model_), *journal_.journal, {.scope = journal_.scope, .checker = checker_},
                        clock_);
  return {};
}

AdmissionOptions EndpointRun::admission_options(OpenAiEndpoint& endpoint) const {
  return {.limit = options_.llm_concurrency,
          .adaptive = options_.finds_concurrency,
          .requests_a_minute = static_cast<double>(options_.rpm),
          .tokens_a_minute = static_cast<double>(options_.tpm),
          .jitter_seed = options_.seed,
          .ask_load = [&endpoint] { return endpoint.load(); }};
}

void EndpointRun::run(asio::awaitable<void> task, RunMeter& meter, const StopTokens& stop,
                      const std::function<void()>& cancel) {
  meter.start(executor());
  std::exception_ptr broken;
  asio::steady_timer time_is_up(context_);
  drain_after(options_.max_time, time_is_up);
  asio::co_spawn(context_, std::move(task), [&](const std::exception_ptr& exception) {
    broken = exception;
    time_is_up.cancel();
    meter.stop();
  });
  const std::stop_callback on_drain(stop.drain, [&] {
    asio::post(context_, [this] {
      note_drain();
      state_->drain({ErrorKind::stopped, "stopped"});
    });
  });
  const std::stop_callback on_now(stop.now, [&] { asio::post(context_, cancel); });
  context_.run();
  if (broken) std::rethrow_exception(broken);
}

void EndpointRun::drain_after(const std::optional<milliseconds>& time, asio::steady_timer& timer) {
  if (!time) return;
  timer.expires_after(*time);
  timer.async_wait([this, time](const boost::system::error_code& cancelled) {
    if (cancelled) return;
    const double seconds = std::chrono::duration<double>(*time).count();
    state_->drain({ErrorKind::budget, fmt::format("--max_time={:g}s is over", seconds)});
  });
}

AdmissionStatus EndpointRun::admission_status() const {
  return admission_ != nullptr ? admission_->status() : AdmissionStatus{.limit = options_.llm_concurrency};
}

void EndpointRun::drain(std::function<void()> cancel) {
  if (admission_ != nullptr) admission_->drain();
  patience_.expires_after(options_.drain_timeout);
  patience_.async_wait([cancel = std::move(cancel)](const boost::system::error_code& ended) {
    if (!ended) cancel();
  });
}

void EndpointRun::fill(RunStatus& status) const {
  const AdmissionStatus now = admission_status();
  status.limit = admission_ != nullptr ? now.limit : 0;
  status.waiting = now.waiting;
  status.in_flight = now.in_flight;
  status.held_for = now.held_for;
  status.calls = state_->counters();
  status.cost = budget_->cost();
  status.left = left();
  if (state_->fatal() || state_->draining()) status.stage = RunStage::stopping;
}

BudgetLeft EndpointRun::left() const {
  const BudgetLimits& limits = options_.budget;
  const Spending used = budget_->total();
  BudgetLeft left;
  if (limits.cost) left.cost = std::max(*limits.cost - budget_->cost().value_or(0), 0.0);
  if (limits.tokens) left.tokens = std::max<std::int64_t>(*limits.tokens - used.tokens(), 0);
  if (limits.requests)
    left.requests = static_cast<std::int64_t>(*limits.requests - std::min(*limits.requests, used.requests));
  if (options_.max_time) {
    const auto time = *options_.max_time - (SteadyClock::now() - start_);
    left.time = std::max(std::chrono::ceil<std::chrono::seconds>(time), std::chrono::seconds(0));
  }
  return left;
}

void EndpointRun::note_drain() {
  const std::uint32_t calls = admission_status().in_flight;
  if (calls == 0) return;
  progress_.note(fmt::format("stopping: waiting up to {} s for {} in flight; once more to stop at once",
                             std::chrono::ceil<std::chrono::seconds>(options_.drain_timeout).count(),
                             counted(calls, "call")));
}

void EndpointRun::note_spending() {
  journal_.journal->note(
      KeptStart{.began_ms = began_ms_, .until_ms = now_ms(), .spending = budget_->spending()});
}

std::optional<Error> EndpointRun::end() const {
  if (!state_->fatal()) return state_->draining();
  const bool journal = state_->fatal()->label == kJournalFailed;
  return Error{journal ? ErrorKind::disk : ErrorKind::endpoint, state_->fatal()->message};
}

std::optional<Error> EndpointRun::close_journal(std::optional<Error> failure,
                                                std::vector<std::string>& remarks) {
  if (!journal_.journal) return failure;
  const Result<void> closed = journal_.journal->close();
  const std::size_t damaged = journal_.journal->damaged();
  model_.reset();
  journal_.journal.reset();
  if (damaged > 0) {
    remarks.push_back(
        damaged == 1
            ? "1 reply in the journal was damaged and was asked for again"
            : fmt::format("{} replies in the journal were damaged and were asked for again", damaged));
  }
  if (!closed && !failure) return closed.error();
  const std::string path = journal_path(options_);
  if (!failure || remove_if_empty(path)) return failure;
  failure->message += fmt::format("; the same command goes on from the replies in {}", path);
  return failure;
}

}  // namespace synthv1
