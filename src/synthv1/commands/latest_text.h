// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/file.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace synthv1 {

/// Keeps a file at the newest text given to it, on a thread of its own: beside a journal that syncs, giving a
/// file its name takes up to tens of milliseconds. A text that is still to be written when the next one comes
/// is left out.
class LatestText {
 public:
  /// `files` must outlive this, and its replace() be fit for another thread.
  LatestText(Files& files, std::string path) : files_(files), path_(std::move(path)) {}
  /// Writes what is left.
  ~LatestText();
  LatestText(const LatestText&) = delete;
  LatestText& operator=(const LatestText&) = delete;

  void put(std::string text);
  /// Waits until the newest text is written, or could not be.
  void settle();
  /// The first failure that was not taken yet.
  std::optional<Error> take_error();

 private:
  void work();

  Files& files_;
  std::string path_;
  std::mutex mutex_;
  std::condition_variable moved_;
  std::optional<std::string> waiting_;
  bool writing_ = false, ending_ = false;
  std::optional<Error> error_;
  std::thread worker_;  ///< from the first text on
};

}  // namespace synthv1
