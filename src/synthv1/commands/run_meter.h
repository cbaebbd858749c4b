// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/progress.h"
#include "synthv1/commands/rate_window.h"

#include <functional>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>

namespace synthv1 {

/// Measures a run by a model: passes on what it hears, counts it, and five times a second tells the numbers
/// as a RunStatus, also while nothing happens. One thread.
class RunMeter final : public Progress {
 public:
  /// Sets what only the run knows: calls, limit, waiting, held_for, cost, left, a stage other than running.
  /// It is given in_flight as the calls begun and not ended, those in line among them.
  using Fill = std::function<void(RunStatus&)>;

  /// `listener` and `clock` must outlive this.
  RunMeter(Progress& listener, Clock& clock, RunOutline outline, Fill fill);

  /// Tells the listener that the run begins; tells a status now and from time to time until stop(). This must
  /// outlive what `executor` runs.
  void start(const asio::any_io_executor& executor);
  /// Tells a last status, and none after it.
  void stop();

  /// The numbers by now.
  RunStatus status();

  void begin(const RunOutline& outline) override { listener_.begin(outline); }
  void sessions_done(std::uint64_t count) override;
  void paraphrases_done(std::uint64_t count) override;
  void questions_done(std::uint64_t count) override;
  void record_done(const RecordSummary& summary) override;
  void evaluated_record() override;
  void note(std::string_view line) override { listener_.note(line); }
  void status(const RunStatus& status) override { listener_.status(status); }
  void ended(const RunEnd& end) override { listener_.ended(end); }

  void on_call(const ChatRequest& request) override;
  void on_reply(const ChatRequest& request, const ChatReply& reply) override;
  void on_failure(const ChatRequest& request, const CallError& error) override;
  void on_verdict(const ChatRequest& request, const ReplyVerdict& verdict) override {
    listener_.on_verdict(request, verdict);
  }

 private:
  /// A Portion and its speed.
  struct Measured {
    explicit Measured(std::uint64_t total);
    Portion at(Clock::TimePoint now);

    Portion portion;
    RateWindow speed;
  };

  asio::awaitable<void> tick();
  std::optional<std::chrono::seconds> time_left(Clock::TimePoint now, std::uint64_t kept);

  Progress& listener_;
  Clock& clock_;
  RunOutline outline_;
  Fill fill_;
  Clock::TimePoint start_;
  Measured records_, sessions_, paraphrases_, questions_;
  RateWindow tokens_;
  RateWindow work_;  ///< sessions, batches and questions that were asked for, not out of a journal
  std::uint64_t open_calls_ = 0;
  std::string last_failure_;
  bool stopped_ = false;
  asio::cancellation_signal wake_;
};

}  // namespace synthv1
