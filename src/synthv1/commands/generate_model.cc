// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/generate_model.h"

#include "synthv1/base/text.h"
#include "synthv1/commands/endpoint_options.h"
#include "synthv1/commands/model_run.h"
#include "synthv1/commands/run_journal.h"
#include "synthv1/commands/run_meter.h"
#include "synthv1/commands/spool.h"
#include "synthv1/commands/timestamp.h"
#include "synthv1/model/admission.h"
#include "synthv1/model/budget.h"
#include "synthv1/model/journaled_model.h"
#include "synthv1/model/logged_model.h"
#include "synthv1/model/openai_endpoint.h"
#include "synthv1/model/reply_watch.h"

#include <algorithm>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

namespace synthv1 {

namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

std::int64_t now_ms() { return wall_time().time_since_epoch().count(); }

/// Everything of one run of a model, in the order in which it is made; it ends in the opposite one.
class GenerateModel {
 public:
  GenerateModel(const GenerateOptions& options, const Catalogue& catalogue, Files& files, Progress& progress)
      : options_(options), catalogue_(catalogue), files_(files), progress_(progress) {}

  Result<GenerateSummary> run(const StopTokens& stop) {
    if (!journal_path(options_).empty()) {
      auto journal = open_run_journal(options_, catalogue_, context_.get_executor());
      if (!journal) return std::unexpected(std::move(journal.error()));
      journal_ = std::move(*journal);
      for (const std::string& remark : journal_.remarks) progress_.note(remark);
      Spool::remove_abandoned(files_, options_.out);
    }
    return close_journal(write_all(stop));
  }

 private:
  Result<GenerateSummary> write_all(const StopTokens& stop) {
    auto spool = Spool::open(files_, options_.out, layout_of(options_), options_.num_records);
    if (!spool) return std::unexpected(std::move(spool.error()));
    auto model = make_model();
    if (!model) return std::unexpected(std::move(model.error()));
    return write(**model, *spool, stop);
  }

  Result<std::unique_ptr<ChatModel>> make_model() {
    state_.emplace(clock_, options_.seed);
    BudgetLimits budget = options_.budget;
    budget.prices = prices_of(options_);
    budget_.emplace(budget, journal_.spent);
    auto endpoint = OpenAiEndpoint::make(context_.get_executor(), endpoint_options(options_), clock_);
    if (!endpoint) return std::unexpected(std::move(endpoint.error()));
    const AdmissionOptions limits = admission_options(**endpoint);
    auto model = with_admission(with_budget(std::move(*endpoint), *budget_, *state_), limits, clock_);
    admission_ = model.get();
    if (!journal_.journal) return model;
    budget_->set_on_settled([this] { note_spending(); });
    return with_journal(std::move(model), *journal_.journal, {.scope = journal_.scope, .checker = kChecker},
                        clock_);
  }

  AdmissionOptions admission_options(OpenAiEndpoint& endpoint) const {
    return {.limit = options_.llm_concurrency,
            .adaptive = options_.finds_concurrency,
            .requests_a_minute = static_cast<double>(options_.rpm),
            .tokens_a_minute = static_cast<double>(options_.tpm),
            .jitter_seed = options_.seed,
            .ask_load = [&endpoint] { return endpoint.load(); }};
  }

  Result<GenerateSummary> write(ChatModel& model, Spool& spool, const StopTokens& stop) {
    ReplyWatch watch(model, options_.model);
    RunMeter meter(progress_, clock_, outline(), [this](RunStatus& status) { fill(status); });
    const std::unique_ptr<ChatModel> logged = with_log(watch, meter);
    OrderedOutput output(spool.writer(), meter, /*window=*/0);
    ModelRun run({.options = options_,
                  .catalogue = catalogue_,
                  .model = *logged,
                  .kept_model = model,
                  .admission = *admission_,
                  .state = *state_,
                  .output = output,
                  .progress = meter,
                  .journal = journal_.journal.get(),
                  .settled = journal_.settled},
                 context_.get_executor());
    run_to_end(run, meter, stop);
    if (auto failure = failure_of(run, output))
      return std::unexpected(spool.keep_partial(std::move(*failure)));
    const auto written = SteadyClock::now();
    auto bytes = spool.finish();
    if (!bytes) return std::unexpected(std::move(bytes.error()));
    return GenerateSummary{.records = output.written(),
                           .bytes = *bytes,
                           .seed = options_.seed,
                           .imperfections = output.imperfections(),
                           .writing = written - start_,
                           .syncing = SteadyClock::now() - written,
                           .calls = state_->counters(),
                           .kept_replies = static_cast<std::uint64_t>(journal_.kept),
                           .cost = budget_->cost(),
                           .remarks = watch.remarks()};
  }

  void run_to_end(ModelRun& run, RunMeter& meter, const StopTokens& stop) {
    meter.start(context_.get_executor());
    std::exception_ptr broken;
    asio::steady_timer time_is_up(context_);
    drain_after(options_.max_time, time_is_up);
    asio::co_spawn(context_, run.run(), [&](const std::exception_ptr& exception) {
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
    const std::stop_callback on_now(stop.now, [&] { asio::post(context_, [&run] { run.cancel(); }); });
    context_.run();
    if (broken) std::rethrow_exception(broken);
  }

  void drain_after(const std::optional<milliseconds>& time, asio::steady_timer& timer) {
    if (!time) return;
    timer.expires_after(*time);
    timer.async_wait([this, time](const boost::system::error_code& cancelled) {
      if (cancelled) return;
      const double seconds = std::chrono::duration<double>(*time).count();
      state_->drain({ErrorKind::budget, fmt::format("--max_time={:g}s is over", seconds)});
    });
  }

  RunOutline outline() const {
    RunOutline outline = outline_of(options_);
    const auto settled = std::count(journal_.settled.begin(), journal_.settled.end(), true);
    const auto records = static_cast<std::uint64_t>(settled);
    outline.sessions_kept = records * outline.sessions / outline.records;
    outline.paraphrases_kept = records * outline.paraphrases / outline.records;
    return outline;
  }

  void fill(RunStatus& status) const {
    const AdmissionStatus now = admission_->status();
    status.limit = now.limit;
    status.waiting = now.waiting;
    status.in_flight = now.in_flight;
    status.held_for = now.held_for;
    status.calls = state_->counters();
    status.cost = budget_->cost();
    status.left = left();
    if (state_->fatal() || state_->draining()) status.stage = RunStage::stopping;
  }

  BudgetLeft left() const {
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

  void note_drain() {
    const std::uint32_t calls = admission_->status().in_flight;
    if (calls == 0) return;
    progress_.note(fmt::format("stopping: waiting up to {} s for {} in flight; once more to stop at once",
                               std::chrono::ceil<std::chrono::seconds>(options_.drain_timeout).count(),
                               counted(calls, "call")));
  }

  void note_spending() {
    journal_.journal->note(
        KeptStart{.began_ms = began_ms_, .until_ms = now_ms(), .spending = budget_->spending()});
  }

  /// Why the run has no whole dataset, if so: a file, a fatal error, a stop or a budget, or a record that
  /// could not be made.
  std::optional<Error> failure_of(const ModelRun& run, const OrderedOutput& output) const {
    if (output.error()) return output.error();
    if (state_->fatal()) {
      const bool journal = state_->fatal()->label == kJournalFailed;
      return Error{journal ? ErrorKind::disk : ErrorKind::endpoint, state_->fatal()->message};
    }
    if (output.written() == options_.num_records) return std::nullopt;
    return state_->draining() ? state_->draining() : run.first_failure();
  }

  /// Says of a failed run how to go on.
  Result<GenerateSummary> close_journal(Result<GenerateSummary> summary) {
    if (!journal_.journal) return summary;
    const Result<void> closed = journal_.journal->close();
    tell_damaged(summary);
    journal_.journal.reset();
    if (!closed && summary) return std::unexpected(closed.error());
    if (summary) return summary;
    const std::string path = journal_path(options_);
    if (remove_if_empty(path)) return summary;
    summary.error().message += fmt::format("; the same command goes on from the replies in {}", path);
    return summary;
  }

  void tell_damaged(Result<GenerateSummary>& summary) {
    const std::size_t damaged = journal_.journal->damaged();
    if (damaged == 0) return;
    const std::string remark =
        damaged == 1
            ? "1 reply in the journal was damaged and was asked for again"
            : fmt::format("{} replies in the journal were damaged and were asked for again", damaged);
    if (summary) summary->remarks.push_back(remark);
    if (!summary) progress_.note(remark);
  }

  SteadyClock::time_point start_ = SteadyClock::now();
  std::int64_t began_ms_ = now_ms();
  GenerateOptions options_;
  const Catalogue& catalogue_;
  Files& files_;
  Progress& progress_;
  asio::io_context context_{1};
  SystemClock clock_;
  RunJournal journal_;
  std::optional<RunState> state_;
  std::optional<Budget> budget_;
  Admission* admission_ = nullptr;  ///< within the model
};

}  // namespace

Result<GenerateSummary> generate_model(const GenerateOptions& options, const Catalogue& catalogue,
                                       Files& files, Progress& progress, const StopTokens& stop) {
  return GenerateModel(options, catalogue, files, progress).run(stop);
}

}  // namespace synthv1
