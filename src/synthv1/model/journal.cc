// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/journal.h"

#include "synthv1/net/await.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include <boost/asio/post.hpp>

namespace synthv1 {

namespace {

constexpr std::size_t kMostReplies = 128;  ///< of a group

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

  void start() {
    thread_ = std::thread([this] { work(); });
  }

  void finish() {
    {
      const std::lock_guard lock(mutex_);
      finishing_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }

  std::shared_ptr<Waiting> enqueue(KeptReply reply) {
    auto waiting = std::make_shared<Waiting>(std::move(reply), executor_);
    {
      const std::lock_guard lock(mutex_);
      replies_.push_back(waiting);
    }
    changed_.notify_one();
    return waiting;
  }

  void enqueue(KeptVerdict verdict) {
    const std::lock_guard lock(mutex_);
    verdicts_.push_back(std::move(verdict));
    // No wake-up: it goes with the next reply, or at the end.
  }

  Result<std::optional<KeptRow>> find(std::string_view key) { return reader_.find(key); }

 private:
  /// The writer's thread.
  void work() {
    for (bool more = true; more;) {
      Group group;
      std::vector<KeptVerdict> verdicts;
      more = next_group(group, verdicts);
      commit(group, verdicts);
    }
  }

  /// Waits for something to commit; false where it is the last.
  bool next_group(Group& group, std::vector<KeptVerdict>& verdicts) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return finishing_ || !replies_.empty(); });
    while (!replies_.empty() && group.size() < kMostReplies) {
      group.push_back(std::move(replies_.front()));
      replies_.pop_front();
    }
    verdicts = std::exchange(verdicts_, {});
    return !finishing_ || !replies_.empty();
  }

  void commit(const Group& group, const std::vector<KeptVerdict>& verdicts) {
    if (group.empty() && verdicts.empty()) return;
    std::vector<KeptReply> rows;
    rows.reserve(group.size());
    for (const auto& waiting : group) rows.push_back(std::move(waiting->reply));
    // After a failed sync nobody knows what the disk holds: it is not tried again.
    if (outcome_) outcome_ = file_.commit(rows, verdicts);
    if (group.empty()) return;
    asio::post(executor_, [group, outcome = outcome_] {
      for (const auto& waiting : group) {
        waiting->outcome = outcome;
        waiting->done.signal();
      }
    });
  }

  JournalFile file_;    ///< the writer's thread only
  JournalFile reader_;  ///< the executor's thread only
  asio::any_io_executor executor_;
  Result<void> outcome_;  ///< of the last commit; the writer's thread only
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Waiting>> replies_;
  std::vector<KeptVerdict> verdicts_;
  bool finishing_ = false;
  std::thread thread_;
};

Result<std::unique_ptr<Journal>> Journal::open(const std::string& path, asio::any_io_executor executor) {
  auto file = JournalFile::open(path);
  if (!file) return std::unexpected(std::move(file.error()));
  auto reader = JournalFile::open_to_read(path);
  if (!reader) return std::unexpected(std::move(reader.error()));
  auto impl = std::make_unique<Impl>(std::move(*file), std::move(*reader), std::move(executor));
  return std::unique_ptr<Journal>(new Journal(std::move(impl)));
}

Journal::Journal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) { impl_->start(); }

Journal::~Journal() { impl_->finish(); }

asio::awaitable<Result<void>> Journal::keep(KeptReply reply) {
  const auto waiting = impl_->enqueue(std::move(reply));
  while (!waiting->outcome) {
    if (co_await waiting->done.wait() == net::Woken::by_cancellation && !waiting->outcome)
      co_return fail(ErrorKind::stopped, "stopped");
  }
  co_return *waiting->outcome;
}

void Journal::judge(KeptVerdict verdict) { impl_->enqueue(std::move(verdict)); }

Result<std::optional<KeptRow>> Journal::find(std::string_view key) { return impl_->find(key); }

}  // namespace synthv1
