// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/latest_text.h"

#include <utility>

namespace synthv1 {

LatestText::~LatestText() {
  if (!worker_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  moved_.notify_all();
  worker_.join();
}

void LatestText::put(std::string text) {
  {
    const std::lock_guard lock(mutex_);
    waiting_ = std::move(text);
  }
  moved_.notify_all();
  if (!worker_.joinable()) worker_ = std::thread([this] { work(); });
}

void LatestText::settle() {
  std::unique_lock lock(mutex_);
  moved_.wait(lock, [this] { return !waiting_ && !writing_; });
}

std::optional<Error> LatestText::take_error() {
  const std::lock_guard lock(mutex_);
  return std::exchange(error_, std::nullopt);
}

void LatestText::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    moved_.wait(lock, [this] { return waiting_ || ending_; });
    if (!waiting_) return;
    const std::string text = *std::exchange(waiting_, std::nullopt);
    writing_ = true;
    lock.unlock();
    Result<void> done = files_.replace(path_, text);
    lock.lock();
    writing_ = false;
    if (!done && !error_) error_ = std::move(done.error());
    moved_.notify_all();
  }
}

}  // namespace synthv1
