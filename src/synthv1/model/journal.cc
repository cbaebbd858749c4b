// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/journal.h"

#include "synthv1/model/reply_key.h"
#include "synthv1/net/await.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include <boost/asio/post.hpp>

namespace synthv1 {

namespace {

constexpr std::size_t kMostReplies = 128;  ///< of a group
/// After a group of so many the next one is gathered for a while: what each writes beside its replies is as
/// much as a few of them. Nobody's permit waits for it.
constexpr std::size_t kManyReplies = 8;
constexpr std::chrono::milliseconds kGathering{20};

/// A reply on its way to the file, and who waits for it.
struct Waiting {
  explicit Waiting(KeptReply row, const asio::any_io_executor& executor)
      : reply(std::move(row)), done(executor) {}

  KeptReply reply;
  std::optional<Result<void>> outcome;  ///< set on the executor
  net::Event done;
};

using Group = std::vector<std::shared_ptr<Waiting>>;

}  // namespace

class Journal::Impl {
 public:
  Impl(JournalFile file, JournalFile reader, asio::any_io_executor executor)
      : file_(std::move(file)), reader_(std::move(reader)), executor_(std::move(executor)) {}

  Result<void> start() {
    auto last = reader_.last_key();
    if (!last) return std::unexpected(std::move(last.error()));
    if (!last->empty()) records_kept_ = std::uint64_t{record_of_key(*last)} + 1;
    thread_ = std::thread([this] { work(); });
    return {};
  }

  Result<void> close() {
    if (!thread_.joinable()) return outcome_;
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    changed_.notify_one();
    thread_.join();
    return outcome_;
  }

  std::shared_ptr<Waiting> enqueue(KeptReply reply) {
    auto waiting = std::make_shared<Waiting>(std::move(reply), executor_);
    std::size_t there = 0;
    {
      const std::lock_guard lock(mutex_);
      replies_.push_back(waiting);
      there = replies_.size();
    }
    // These the writer waits for; to be woken for each would cost more than to write it.
    if (there == 1 || there == kMostReplies) changed_.notify_one();
    return waiting;
  }

  /// Adds to what goes with the next group; the writer is not woken for it.
  template <class Add>
  void note(const Add& add) {
    const std::lock_guard lock(mutex_);
    add(notes_);
  }

  Result<std::optional<KeptRow>> find(std::string_view key) {
    if (!may_hold(record_of_key(key))) return std::nullopt;
    return reader_.find(key);
  }
  void settle(std::uint32_t record) {
    if (record >= settled_.size()) settled_.resize(std::max<std::size_t>(record + 1, 2 * settled_.size()));
    settled_[record] = true;
  }
  std::size_t damaged() const { return reader_.damaged(); }

 private:
  /// What this start asks for is there only once its record is settled: to look it up takes as long as to
  /// keep it.
  bool may_hold(std::uint32_t record) const {
    return record < records_kept_ || (record < settled_.size() && settled_[record]);
  }

  /// The writer's thread.
  void work() {
    for (bool more = true; more;) {
      Group waiting;
      JournalGroup group;
      more = next_group(waiting, group);
      commit(waiting, group);
    }
  }

  /// Waits for something to commit; false where it is the last.
  bool next_group(Group& waiting, JournalGroup& group) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closing_ || !replies_.empty(); });
    if (gathering_)
      changed_.wait_for(lock, kGathering, [this] { return closing_ || replies_.size() >= kMostReplies; });
    while (!replies_.empty() && waiting.size() < kMostReplies) {
      waiting.push_back(std::move(replies_.front()));
      replies_.pop_front();
    }
    gathering_ = waiting.size() >= kManyReplies;
    group = std::exchange(notes_, {});
    return !closing_ || !replies_.empty();
  }

  void commit(const Group& waiting, JournalGroup& group) {
    group.replies.reserve(waiting.size());
    for (const auto& one : waiting) group.replies.push_back(std::move(one->reply));
    if (group.empty()) return;
    // After a failed sync nobody knows what the disk holds: it is not tried again.
    if (outcome_) outcome_ = file_.commit(group);
    if (waiting.empty()) return;
    asio::post(executor_, [waiting, outcome = outcome_] {
      for (const auto& one : waiting) {
        one->outcome = outcome;
        one->done.signal();
      }
    });
  }

  JournalFile file_;                ///< the writer's thread only
  JournalFile reader_;              ///< the executor's thread only, as are the next two
  std::uint64_t records_kept_ = 0;  ///< records from here on had no reply at the start
  std::vector<bool> settled_;       ///< records of this start
  asio::any_io_executor executor_;
  bool gathering_ = false;  ///< the next group; the writer's thread only
  Result<void> outcome_;    ///< of the last commit; the writer's thread only, until it has ended
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Waiting>> replies_;
  JournalGroup notes_;  ///< of what nobody waits for
  bool closing_ = false;
  std::thread thread_;
};

Result<std::unique_ptr<Journal>> Journal::make(JournalFile file, const std::string& path,
                                               asio::any_io_executor executor) {
  auto reader = JournalFile::open_to_read(path);
  if (!reader) return std::unexpected(std::move(reader.error()));
  auto impl = std::make_unique<Impl>(std::move(file), std::move(*reader), std::move(executor));
  if (auto started = impl->start(); !started) return std::unexpected(std::move(started.error()));
  return std::unique_ptr<Journal>(new Journal(std::move(impl)));
}

Journal::Journal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Journal::~Journal() { static_cast<void>(impl_->close()); }

asio::awaitable<Result<void>> Journal::keep(KeptReply reply) {
  const auto waiting = impl_->enqueue(std::move(reply));
  while (!waiting->outcome) {
    if (co_await waiting->done.wait() == net::Woken::by_cancellation && !waiting->outcome)
      co_return fail(ErrorKind::stopped, "stopped");
  }
  co_return *waiting->outcome;
}

void Journal::note(KeptVerdict verdict) {
  impl_->note([&](JournalGroup& notes) { notes.verdicts.push_back(std::move(verdict)); });
}
void Journal::note(KeptFailure failure) {
  impl_->note([&](JournalGroup& notes) { notes.failures.push_back(std::move(failure)); });
}
void Journal::note(KeptRecord record) {
  impl_->settle(record.index);
  impl_->note([&](JournalGroup& notes) { notes.records.push_back(std::move(record)); });
}
void Journal::note(const KeptStart& start) {
  impl_->note([&](JournalGroup& notes) { notes.start = start; });
}

Result<std::optional<KeptRow>> Journal::find(std::string_view key) { return impl_->find(key); }

std::size_t Journal::damaged() const { return impl_->damaged(); }

Result<void> Journal::close() { return impl_->close(); }

}  // namespace synthv1
