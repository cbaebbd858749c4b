// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"
#include "synthv1/model/journal_file.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace synthv1 {

/// A journal file written by a thread of its own, so that a sync holds no socket up. What comes while a group
/// is being committed makes the next group, of at most 128 replies.
class Journal {
 public:
  /// `executor`: where those who wait go on.
  static Result<std::unique_ptr<Journal>> make(JournalFile file, const std::string& path,
                                               asio::any_io_executor executor);
  /// As close().
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  /// Returns once the reply is durable, or with ErrorKind::disk: then nothing is committed any more.
  asio::awaitable<Result<void>> keep(KeptReply reply);
  /// These go into the next group; nobody waits for them.
  void note(KeptVerdict verdict);
  void note(KeptFailure failure);
  void note(KeptRecord record);
  void note(const KeptStart& start);

  /// The reply of that key; nothing where there is none whole. Those of this start are found once their
  /// record was noted.
  Result<std::optional<KeptRow>> find(std::string_view key);
  /// How many replies find() has met that were damaged.
  std::size_t damaged() const;

  /// Commits what still waits and ends the thread. The error of the first commit that failed, if one did.
  Result<void> close();

 private:
  class Impl;
  explicit Journal(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace synthv1
