// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/evaluate_run.h"

#include <algorithm>

#include <boost/asio/post.hpp>

namespace synthv1 {

namespace {

/// How many times the limit of calls may be asked side by side: twice, so that none waits for a prompt; more
/// where calls sleep, which hold no permit.
constexpr std::uint32_t kUsuallyAsked = 2;
constexpr std::uint32_t kMostAsked = 16;

}  // namespace

/// A record under way.
struct EvaluateRun::OpenRecord {
  OpenRecord(const EvalRecord& evaluated, std::vector<std::uint32_t> to_ask,
             const asio::any_io_executor& executor)
      : record(evaluated), questions(std::move(to_ask)), changed(executor) {}

  const EvalRecord& record;
  std::vector<std::uint32_t> questions;  ///< without a row, by position
  std::size_t asked = 0;                 ///< of them
  std::unique_ptr<Memory> memory;
  std::uint32_t read = 0;     ///< chunks
  std::uint32_t pending = 0;  ///< questions
  Wakeup changed;
};

EvaluateRun::EvaluateRun(EvaluateRunParts parts)
    : parts_(parts),
      executor_(parts_.endpoint.executor()),
      records_(executor_),
      asks_(executor_),
      changed_(executor_) {
  parts_.endpoint.state().set_on_stop([this] { cancel(); });
  parts_.endpoint.state().set_on_drain([this] {
    stopped_ = true;
    parts_.endpoint.drain([this] { cancel(); });
    asio::post(executor_, [this] { changed_.notify(); });
  });
}

asio::awaitable<void> EvaluateRun::run() {
  for (const EvalRecord& record : parts_.data.records) {
    co_await changed_.until([this] { return stopped_ || has_room(); });
    if (stopped_) break;
    ++open_;
    records_.spawn(evaluate_record(record), [this] {
      --open_;
      changed_.notify();
    });
    co_await asio::post(executor_, asio::use_awaitable);
  }
  co_await records_.join();
  co_await asks_.join();
  parts_.endpoint.end_patience();
}

void EvaluateRun::cancel() {
  stopped_ = true;
  asio::post(executor_, [this] {
    asks_.cancel();
    records_.cancel();
    changed_.notify();
  });
}

bool EvaluateRun::has_room() const {
  const AdmissionStatus now = parts_.endpoint.admission_status();
  const std::uint32_t under_way = std::max(open_, pending_);
  if (under_way < kUsuallyAsked * now.limit) return true;
  return now.waiting < now.limit && under_way < kMostAsked * now.limit;
}

std::vector<std::uint32_t> EvaluateRun::due_questions(const EvalRecord& record) const {
  std::vector<std::uint32_t> due;
  for (std::uint32_t i = 0; i < record.questions.size(); ++i) {
    if (parts_.data.chosen[record.index][i] && !parts_.results.has(record.index, i)) due.push_back(i);
  }
  std::ranges::sort(due, {}, [&](std::uint32_t i) { return std::pair(record.questions[i].position, i); });
  return due;
}

asio::awaitable<void> EvaluateRun::evaluate_record(const EvalRecord& record) {
  OpenRecord open(record, due_questions(record), executor_);
  if (!open.questions.empty()) co_await read_and_ask(open);
  if (open.asked == open.questions.size()) parts_.progress.evaluated_record();
}

/// A cancelled task still waits for its questions, which have their own cancellation.
asio::awaitable<void> EvaluateRun::read_and_ask(OpenRecord& open) {
  co_await asio::this_coro::throw_if_cancelled(false);
  auto memory = co_await parts_.agent.begin(open.record);
  if (!memory) co_return fail_rest(open, memory.error());
  open.memory = std::move(*memory);
  while (open.asked < open.questions.size() && !stopped_) {
    const std::uint32_t question = open.questions[open.asked];
    if (const bool whole = co_await read_up_to(open, open.record.questions[question].position); !whole) break;
    co_await changed_.until([this] { return stopped_ || has_room(); });
    if (stopped_) break;
    ++open.asked;
    ++open.pending;
    ++pending_;
    asks_.spawn(ask(open, question), [this, &open] {
      --pending_;
      if (--open.pending == 0) open.changed.notify();
      changed_.notify();
    });
  }
  co_await open.changed.until([&] { return open.pending == 0; });
}

/// Whether all chunks up to there are read. Later chunks must not be known to the questions before them.
asio::awaitable<bool> EvaluateRun::read_up_to(OpenRecord& open, std::uint32_t position) {
  if (open.read > position) co_return true;
  co_await open.changed.until([&] { return open.pending == 0; });
  for (; open.read <= position; ++open.read) {
    if (stopped_) co_return false;
    const Result<void> done = co_await open.memory->add(open.read);
    if (done) continue;
    fail_rest(open, done.error());
    co_return false;
  }
  co_return true;
}

asio::awaitable<void> EvaluateRun::ask(OpenRecord& open, std::uint32_t question) {
  co_await asio::this_coro::throw_if_cancelled(false);
  const AgentAnswer answer = co_await open.memory->ask(question);
  if (!answer.stopped) take(open.record, question, answer);
}

/// The record's memory is of no use any more: what has not been asked is an error, unless the run ends.
void EvaluateRun::fail_rest(OpenRecord& open, const Error& error) {
  if (error.kind == ErrorKind::stopped || stopped_) return;
  for (; open.asked < open.questions.size(); ++open.asked)
    take(open.record, open.questions[open.asked], failed_answer(error));
}

void EvaluateRun::take(const EvalRecord& record, std::uint32_t question, const AgentAnswer& answer) {
  parts_.progress.questions_done(1);
  auto added = parts_.results.add(record.index, question, make_row(parts_.run, record, question, answer));
  if (added || failure_) return;
  failure_ = std::move(added.error());
  cancel();
}

}  // namespace synthv1
