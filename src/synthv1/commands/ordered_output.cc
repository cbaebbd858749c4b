// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/ordered_output.h"

namespace synthv1 {

bool OrderedOutput::wait_for_room(std::uint32_t index) {
  std::unique_lock lock(mutex_);
  moved_.wait(lock, [&] { return error_ || index < next_ + window_; });
  return !error_;
}

bool OrderedOutput::put(std::uint32_t index, FinishedRecord record) {
  const std::lock_guard lock(mutex_);
  waiting_.emplace(index, std::move(record));
  write_ready();
  return !error_;
}

void OrderedOutput::skip(std::uint32_t index) {
  const std::lock_guard lock(mutex_);
  waiting_.emplace(index, std::nullopt);
  write_ready();
}

void OrderedOutput::stop(Error error) {
  const std::lock_guard lock(mutex_);
  if (!error_) error_ = std::move(error);
  moved_.notify_all();
}

void OrderedOutput::write_ready() {
  for (auto ready = waiting_.find(next_); ready != waiting_.end() && !error_; ready = waiting_.find(next_)) {
    if (ready->second && !write(*ready->second)) break;
    waiting_.erase(ready);
    ++next_;
  }
  moved_.notify_all();
}

bool OrderedOutput::write(const FinishedRecord& record) {
  if (auto done = writer_.add(record.json); !done) {
    error_ = std::move(done.error());
    return false;
  }
  ++written_;
  imperfections_ += record.imperfections;
  progress_.record_done(record.summary);
  return true;
}

}  // namespace synthv1
