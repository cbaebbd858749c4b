// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/generate_model.h"

#include "synthv1/commands/finish_record.h"
#include "synthv1/commands/spool.h"
#include "synthv1/commands/task_group.h"
#include "synthv1/model/admission.h"
#include "synthv1/model/openai_endpoint.h"
#include "synthv1/model/reply_watch.h"
#include "synthv1/paraphrase/model_paraphrase.h"
#include "synthv1/session/model_writer.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <fmt/format.h>

namespace synthv1 {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::uint32_t kRecordsHeldBack = 64;  ///< finished records that wait for an earlier one

/// A record whose sessions are being written.
struct OpenRecord {
  OpenRecord(RecordPlan planned, const asio::any_io_executor& executor)
      : plan(std::move(planned)), sessions(plan.sessions.size()), changed(executor) {}

  asio::awaitable<void> tasks_ended() {
    return changed.until([this] { return pending == 0; });
  }

  RecordPlan plan;
  std::vector<std::optional<Session>> sessions;
  std::optional<Error> error;
  std::size_t pending = 0;  ///< tasks that have not ended
  Wakeup changed;
};

/// One run of a model over all records.
class ModelRun {
 public:
  ModelRun(const GenerateOptions& options, const Catalogue& catalogue, ChatModel& model,
           const Admission& admission, RunState& state, OrderedOutput& output, Progress& progress,
           const asio::any_io_executor& executor)
      : options_(options),
        catalogue_(catalogue),
        model_(model),
        admission_(admission),
        state_(state),
        output_(output),
        progress_(progress),
        writer_(catalogue, model, state, {.max_retries = options.max_retries, .strict = options.strict}),
        executor_(executor),
        records_(executor),
        calls_(executor),
        changed_(executor) {
    state_.set_on_stop([this] { stop(); });
  }

  /// Writes every record; returns when no call is left, whether all is well or not.
  asio::awaitable<void> run() {
    for (std::uint32_t index = 0; index < options_.num_records; ++index) {
      co_await changed_.until([&] {
        return stopped_ ||
               (wants_records() && index < output_.next() + most_open_records() + kRecordsHeldBack);
      });
      if (stopped_) break;
      ++open_;
      records_.spawn(write_record(index), [this] {
        --open_;
        changed_.notify();
      });
      // The first calls go out before the last record has its prompts.
      co_await asio::post(executor_, asio::use_awaitable);
    }
    co_await records_.join();
    co_await calls_.join();
  }

  /// Cancels the calls in flight; no new ones begin. May be called from within a call.
  void stop() {
    stopped_ = true;
    asio::post(executor_, [this] {
      calls_.cancel();
      changed_.notify();
    });
  }

  const std::optional<Error>& first_failure() const { return failure_; }

 private:
  /// A call that sleeps keeps its record open and no permit: what counts is whether calls wait for permits.
  bool wants_records() const {
    const AdmissionStatus now = admission_.status();
    return open_ < most_open_records() || now.waiting < now.limit;
  }

  /// Enough records that calls never run out while the last sessions of a record are under way.
  std::uint32_t most_open_records() const {
    return 2 * ((admission_.status().limit + options_.plan.num_sessions - 1) / options_.plan.num_sessions) +
           1;
  }

  asio::awaitable<void> write_record(std::uint32_t index) {
    OpenRecord open(make_record_plan(options_.plan, catalogue_, options_.seed, index), executor_);
    for (std::size_t i = 0; i < open.sessions.size(); ++i) start(open, write_session(open, i));
    co_await open.tasks_ended();
    if (!open.error) {
      Record record{.id = open.plan.id};
      for (std::size_t i = 0; i < open.sessions.size(); ++i) {
        record.add(open.plan.sessions[i].date, std::move(*open.sessions[i]));
      }
      ask_questions(record, options_, catalogue_, index);
      if (options_.diversify && !record.questions.empty()) {
        start(open, reword(record, open, index));
        co_await open.tasks_ended();
      }
      if (!open.error) {
        // Calls for what cannot be written would be paid for in vain.
        if (!output_.put(index, finish_record(record, options_, catalogue_, index))) stop();
        co_return;
      }
    }
    if (!failure_)
      failure_ = Error{open.error->kind, fmt::format("record {}: {}", index, open.error->message)};
    output_.skip(index);
  }

  void start(OpenRecord& open, asio::awaitable<void> task) {
    ++open.pending;
    calls_.spawn(std::move(task), [this, &open] {
      if (--open.pending == 0) open.changed.notify();
      changed_.notify();
    });
  }

  asio::awaitable<void> write_session(OpenRecord& open, std::size_t i) {
    if (stopped_) {
      open.error = Error{ErrorKind::stopped, "stopped"};
      co_return;
    }
    Result<Session> session = co_await writer_.write(open.plan.sessions[i]);
    if (session) {
      open.sessions[i] = std::move(*session);
      progress_.sessions_done(1);
    } else if (!open.error) {
      open.error = std::move(session.error());
    }
  }

  asio::awaitable<void> reword(Record& record, OpenRecord& open, std::uint32_t index) {
    Result<std::vector<std::string>> left =
        co_await reword_by_model(record.questions, options_.plan.language, catalogue_, model_, state_,
                                 {.max_retries = options_.max_retries, .record = index, .batch_done = [this] {
                                    progress_.paraphrases_done(1);
                                  }});
    if (!left) {
      open.error = std::move(left.error());
      co_return;
    }
    record.imperfections.insert(record.imperfections.end(), left->begin(), left->end());
  }

  const GenerateOptions& options_;
  const Catalogue& catalogue_;
  ChatModel& model_;
  const Admission& admission_;
  RunState& state_;
  OrderedOutput& output_;
  Progress& progress_;
  ModelWriter writer_;
  asio::any_io_executor executor_;
  TaskGroup records_;  ///< a task a record
  TaskGroup calls_;    ///< a task a session or rewording
  Wakeup changed_;
  std::uint32_t open_ = 0;
  bool stopped_ = false;
  std::optional<Error> failure_;
};

AdmissionOptions admission_of(const GenerateOptions& options, OpenAiEndpoint& endpoint) {
  return {.limit = options.llm_concurrency,
          .adaptive = options.finds_concurrency,
          .requests_a_minute = static_cast<double>(options.rpm),
          .tokens_a_minute = static_cast<double>(options.tpm),
          .jitter_seed = options.seed,
          .ask_load = [&endpoint] { return endpoint.load(); }};
}

/// Why the run has no whole dataset, if so: a stop, a fatal error, a file, or a record that could not be
/// made.
std::optional<Error> failure_of(const ModelRun& run, const RunState& state, const OrderedOutput& output,
                                const std::stop_token& stop) {
  if (output.error()) return output.error();
  if (state.fatal()) return Error{ErrorKind::endpoint, state.fatal()->message};
  if (stop.stop_requested()) return Error{ErrorKind::stopped, "stopped"};
  return run.first_failure();
}

}  // namespace

Result<GenerateSummary> generate_model(const GenerateOptions& options, const Catalogue& catalogue,
                                       Files& files, Progress& progress, const std::stop_token& stop) {
  const auto start = SteadyClock::now();
  auto spool = Spool::open(files, options.out, layout_of(options), options.num_records);
  if (!spool) return std::unexpected(std::move(spool.error()));

  asio::io_context context(1);
  SystemClock clock;
  RunState state(clock, options.seed);
  auto endpoint = OpenAiEndpoint::make(context.get_executor(),
                                       {.base_url = options.base_url,
                                        .api_key = options.api_key,
                                        .model = options.model,
                                        .temperature = options.temperature,
                                        .ask_load = options.finds_concurrency,
                                        .http = options.client},
                                       clock);
  if (!endpoint) return std::unexpected(std::move(endpoint.error()));
  const AdmissionOptions limits = admission_of(options, **endpoint);
  const std::unique_ptr<Admission> model = with_admission(std::move(*endpoint), limits, clock);
  ReplyWatch watch(*model, options.model);
  OrderedOutput output(spool->writer(), progress, kRecordsHeldBack);
  ModelRun run(options, catalogue, watch, *model, state, output, progress, context.get_executor());

  std::exception_ptr broken;
  asio::co_spawn(context, run.run(), [&](const std::exception_ptr& exception) { broken = exception; });
  {
    const std::stop_callback on_stop(stop, [&] { asio::post(context, [&run] { run.stop(); }); });
    context.run();
  }
  if (broken) std::rethrow_exception(broken);
  if (auto failure = failure_of(run, state, output, stop)) {
    return std::unexpected(spool->keep_partial(std::move(*failure)));
  }
  const auto written = SteadyClock::now();
  auto bytes = spool->finish();
  if (!bytes) return std::unexpected(std::move(bytes.error()));
  return GenerateSummary{.records = output.written(),
                         .bytes = *bytes,
                         .imperfections = output.imperfections(),
                         .writing = written - start,
                         .syncing = SteadyClock::now() - written,
                         .calls = state.counters(),
                         .remarks = watch.remarks()};
}

}  // namespace synthv1
