// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/model_run.h"

#include "synthv1/commands/finish_record.h"
#include "synthv1/commands/run_identity.h"
#include "synthv1/paraphrase/model_paraphrase.h"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

namespace synthv1 {

namespace {

/// How far ahead of the output a record may be written: finished ones wait in memory.
constexpr std::uint32_t kRecordsAhead = 64;
/// How much more than usual is open at most where calls sleep.
constexpr std::uint32_t kMostTimesOpen = 8;

}  // namespace

/// A record whose sessions are being written.
struct ModelRun::OpenRecord {
  OpenRecord(RecordPlan planned, std::uint32_t number, const asio::any_io_executor& executor)
      : plan(std::move(planned)), index(number), sessions(plan.sessions.size()), changed(executor) {}

  asio::awaitable<void> tasks_ended() {
    return changed.until([this] { return pending == 0; });
  }

  RecordPlan plan;
  std::uint32_t index;
  bool read_again = false;  ///< out of the journal
  std::vector<std::optional<Session>> sessions;
  std::optional<Error> error;
  std::size_t pending = 0;  ///< tasks that have not ended
  Wakeup changed;
};

ModelRun::ModelRun(ModelRunParts parts, asio::any_io_executor executor)
    : parts_(std::move(parts)),
      executor_(std::move(executor)),
      reading_(parts_.state.clock()),
      writer_(parts_.catalogue, parts_.model, parts_.state,
              {.max_retries = parts_.options.max_retries, .strict = parts_.options.strict}),
      reader_(parts_.catalogue, parts_.kept_model, reading_,
              {.max_retries = parts_.options.max_retries, .strict = parts_.options.strict}),
      records_(executor_),
      calls_(executor_),
      changed_(executor_),
      settled_(std::move(parts_.settled)),
      taken_(parts_.options.num_records) {
  settled_.resize(parts_.options.num_records);
  parts_.state.set_on_stop([this] { cancel(); });
  // What is missing is asked for all the same, and may meet what ends the run.
  reading_.leave_out_kept();
  reading_.set_on_stop([this] { parts_.state.stop(*reading_.fatal()); });
  parts_.state.set_on_drain([this] { drain(); });
}

asio::awaitable<void> ModelRun::run() {
  records_.spawn(read_settled(), [] {});
  co_await open_records();
  all_opened_ = true;
  changed_.notify();
  co_await records_.join();
  co_await calls_.join();
  parts_.endpoint.end_patience();
  parts_.state.counters() += reading_.counters();
}

void ModelRun::drain() {
  if (std::exchange(stopped_, true)) return;
  parts_.endpoint.drain([this] { cancel(); });
  asio::post(executor_, [this] { changed_.notify(); });
}

void ModelRun::cancel() {
  stopped_ = cancelled_ = true;
  asio::post(executor_, [this] {
    calls_.cancel();
    changed_.notify();
  });
}

/// Whether another record is to be opened, so that calls never run out while the last sessions of a record
/// are under way. A call that sleeps keeps its record open and no permit: what counts is whether calls wait
/// for permits.
bool ModelRun::has_room(std::uint32_t index) const {
  const AdmissionStatus now = parts_.endpoint.admission_status();
  const std::uint32_t sessions = parts_.options.plan.num_sessions;
  const std::uint32_t usual = 2 * ((now.limit + sessions - 1) / sessions) + 1;
  const bool starved = now.waiting < now.limit && open_ < kMostTimesOpen * usual;
  if (open_ >= usual && !starved) return false;
  return parts_.journal != nullptr || index < parts_.output.next() + usual + kRecordsAhead;
}

asio::awaitable<void> ModelRun::open_records() {
  for (std::uint32_t index = 0; index < parts_.options.num_records; ++index) {
    if (settled_[index]) continue;
    co_await changed_.until([&] { return stopped_ || has_room(index); });
    if (stopped_) break;
    ++open_;
    records_.spawn(write_record(index), [this] {
      --open_;
      changed_.notify();
    });
    // The first calls go out before the last record has its prompts.
    co_await asio::post(executor_, asio::use_awaitable);
  }
}

/// Puts settled records that are not in memory where they belong, and passes over those that nobody makes any
/// more.
asio::awaitable<void> ModelRun::read_settled() {
  const auto next = [this] { return parts_.output.next(); };
  const auto all_written = [&] { return next() == parts_.options.num_records; };
  const auto waits = [&] { return settled_[next()] && !taken_[next()]; };
  const auto over = [this] { return all_opened_ && open_ == 0; };
  while (true) {
    co_await changed_.until(
        [&] { return cancelled_ || parts_.output.error() || all_written() || waits() || over(); });
    if (cancelled_ || parts_.output.error() || all_written()) break;
    if (waits()) {
      co_await write_record(next());
    } else {
      parts_.output.skip(next());
    }
  }
}

asio::awaitable<void> ModelRun::write_record(std::uint32_t index) {
  OpenRecord open(make_record_plan(parts_.options.plan, parts_.catalogue, parts_.options.seed, index), index,
                  executor_);
  open.read_again = settled_[index];
  const std::optional<Record> record = co_await make_record(open);
  if (record) {
    take(open, *record);
    co_return;
  }
  if (!failure_) failure_ = Error{open.error->kind, fmt::format("record {}: {}", index, open.error->message)};
  taken_[index] = true;
  parts_.output.skip(index);
}

/// Nothing where the record's error says why.
asio::awaitable<std::optional<Record>> ModelRun::make_record(OpenRecord& open) {
  for (std::size_t i = 0; i < open.sessions.size(); ++i) {
    start(open, write_session(open, i));
    // Sessions out of the journal need not wait for anything: others shall have their turn, too.
    if (open.read_again) co_await asio::post(executor_, asio::use_awaitable);
  }
  co_await open.tasks_ended();
  if (open.error) co_return std::nullopt;
  Record record{.id = open.plan.id};
  for (std::size_t i = 0; i < open.sessions.size(); ++i) {
    record.add(open.plan.sessions[i].date, std::move(*open.sessions[i]));
  }
  ask_questions(record, parts_.options, parts_.catalogue, open.index);
  if (parts_.options.diversify && !record.questions.empty()) {
    start(open, reword(record, open));
    co_await open.tasks_ended();
  }
  if (open.error) co_return std::nullopt;
  co_return record;
}

void ModelRun::take(const OpenRecord& open, const Record& record) {
  if (parts_.journal != nullptr && !open.read_again) {
    parts_.journal->note(KeptRecord{.index = open.index, .checker = std::string(kChecker)});
    settled_[open.index] = true;
    if (open.index >= parts_.output.next() + kRecordsAhead) return;
  }
  taken_[open.index] = true;
  FinishedRecord finished = finish_record(record, parts_.options, parts_.catalogue, open.index);
  // Calls for what cannot be written would be paid for in vain.
  if (!parts_.output.put(open.index, std::move(finished))) cancel();
}

void ModelRun::start(OpenRecord& open, asio::awaitable<void> task) {
  ++open.pending;
  calls_.spawn(std::move(task), [this, &open] {
    if (--open.pending == 0) open.changed.notify();
    changed_.notify();
  });
}

asio::awaitable<void> ModelRun::write_session(OpenRecord& open, std::size_t i) {
  ModelWriter& writer = open.read_again ? reader_ : writer_;
  Result<Session> session = co_await writer.write(open.plan.sessions[i]);
  if (session) {
    open.sessions[i] = std::move(*session);
    if (!open.read_again) parts_.progress.sessions_done(1);
  } else if (!open.error) {
    open.error = std::move(session.error());
  }
}

asio::awaitable<void> ModelRun::reword(Record& record, OpenRecord& open) {
  const GenerateOptions& options = parts_.options;
  Result<std::vector<std::string>> left = co_await reword_by_model(
      record.questions, options.plan.language, parts_.catalogue,
      open.read_again ? parts_.kept_model : parts_.model, open.read_again ? reading_ : parts_.state,
      {.max_retries = options.max_retries,
       .record = open.index,
       .batch_done =
           open.read_again ? std::function<void()>() : [this] { parts_.progress.paraphrases_done(1); }});
  if (!left) {
    open.error = std::move(left.error());
    co_return;
  }
  record.imperfections.insert(record.imperfections.end(), left->begin(), left->end());
}

}  // namespace synthv1
