// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/run_journal.h"
#include "synthv1/commands/run_meter.h"
#include "synthv1/model/admission.h"
#include "synthv1/model/budget.h"
#include "synthv1/model/clock.h"
#include "synthv1/model/openai_endpoint.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace synthv1 {

/// What every run over an endpoint is made of: the loop, the journal, the model with budget, admission and
/// journal around it, and the ways in which it ends early. One thread; members are made in this order and end
/// in the opposite one.
class EndpointRun {
 public:
  /// `progress` must outlive this.
  EndpointRun(const RunOptions& options, Progress& progress);

  /// Opens the journal, where the run keeps one. Errors are those of open_run_journal().
  Result<void> open_journal(const RunKind& kind);
  /// Makes the model. ErrorKind::usage where the endpoint's options are wrong.
  Result<void> make_model();
  /// In its place, for what needs no model.
  void make_without_model();

  /// With the seed and the endpoint that the journal made of them.
  const RunOptions& options() const { return options_; }
  RunJournal& journal() { return journal_; }
  ChatModel& model() { return *model_; }
  Admission& admission() { return *admission_; }
  /// The admission's; without a model, llm_concurrency.
  AdmissionStatus admission_status() const;
  RunState& state() { return *state_; }
  Clock& clock() { return clock_; }
  asio::any_io_executor executor() { return context_.get_executor(); }

  /// Runs `task` to its end, measured; `stop.drain` and max_time drain the state, `stop.now` calls `cancel`.
  void run(asio::awaitable<void> task, RunMeter& meter, const StopTokens& stop,
           const std::function<void()>& cancel);
  /// In answer to RunState::drain(): no call is admitted any more, and after drain_timeout `cancel` is
  /// called, unless end_patience() came before.
  void drain(std::function<void()> cancel);
  void end_patience() { patience_.cancel(); }
  /// What only the run knows of a status.
  void fill(RunStatus& status) const;
  std::optional<double> cost() const { return budget_->cost(); }
  /// The fatal error that ended the run, or the stop or budget that drained it; nothing where none did.
  std::optional<Error> end() const;

  /// Takes the model away and closes the journal. To an error is added how to go on; remarks on what was
  /// damaged go to the summary's, or are notes of the progress.
  template <class Summary>
  Result<Summary> close(Result<Summary> summary) {
    std::vector<std::string> remarks;
    auto failure = close_journal(summary ? std::nullopt : std::optional(std::move(summary.error())), remarks);
    if (!failure) {
      summary->remarks.insert(summary->remarks.end(), remarks.begin(), remarks.end());
      return summary;
    }
    for (const std::string& remark : remarks) progress_.note(remark);
    return std::unexpected(std::move(*failure));
  }

 private:
  using SteadyClock = std::chrono::steady_clock;

  AdmissionOptions admission_options(OpenAiEndpoint& endpoint) const;
  void drain_after(const std::optional<std::chrono::milliseconds>& time, asio::steady_timer& timer);
  BudgetLeft left() const;
  std::optional<Error> close_journal(std::optional<Error> failure, std::vector<std::string>& remarks);
  void note_drain();
  void note_spending();

  SteadyClock::time_point start_ = SteadyClock::now();
  std::int64_t began_ms_;
  RunOptions options_;
  std::string checker_;
  Progress& progress_;
  asio::io_context context_{1};
  SystemClock clock_;
  RunJournal journal_;
  std::optional<RunState> state_;
  std::optional<Budget> budget_;
  std::unique_ptr<ChatModel> model_;
  Admission* admission_ = nullptr;  ///< within the model
  asio::steady_timer patience_{context_};
};

}  // namespace synthv1
