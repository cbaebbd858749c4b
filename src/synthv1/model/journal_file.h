// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"
#include "synthv1/model/chat_model.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace synthv1 {

/// What shapes every reply of a run, beside its request.
struct JournalScope {
  std::string endpoint;  ///< the base URL
  std::string model;
  double temperature = 0;
};

/// The key of a reply: a hash of everything that shapes it, and nothing else (no API key, no timeouts, no
/// concurrency). 32 bytes.
std::string reply_key(const JournalScope& scope, const ChatRequest& request);

/// A reply as the journal keeps it.
struct KeptReply {
  std::string key;  ///< reply_key()
  std::string purpose;
  std::uint32_t record = 0, index = 0, attempt = 0;  ///< as in ChatRequest
  ChatReply reply;
  std::int64_t received_ms = 0;  ///< since 1970, UTC
};

/// What the caller's check said of a kept reply.
struct KeptVerdict {
  std::string key;
  bool accepted = false;
  std::string reason;   ///< of a refusal; one line
  std::string checker;  ///< the version of the check: another one judges anew
};

/// A reply and, where it was judged, its last verdict.
struct KeptRow {
  KeptReply reply;
  std::optional<KeptVerdict> verdict;
};

/// The file of a journal: an SQLite database in WAL mode, synced at each commit, each row under a checksum.
/// One process writes, others may read. For one thread at a time.
class JournalFile {
 public:
  /// Opens a journal, or begins one. ErrorKind::usage where another process writes it or it is none of ours;
  /// ErrorKind::disk where it cannot be read or written.
  static Result<JournalFile> open(const std::string& path);
  /// For reading, also while a run writes it.
  static Result<JournalFile> open_to_read(const std::string& path);

  /// Makes replies and verdicts durable, all or none. A reply whose key is there already is left out; a
  /// later verdict takes the place of an earlier one.
  Result<void> commit(std::span<const KeptReply> replies, std::span<const KeptVerdict> verdicts);

  Result<std::int64_t> count_replies();
  /// The reply of that key; nothing where there is none whole.
  Result<std::optional<KeptRow>> find(std::string_view key);
  /// Every whole row in the order of commits. Returns how many rows were damaged.
  Result<std::int64_t> for_each(const std::function<void(const KeptRow&)>& see);

  /// A named value of the run, such as its seed; nothing where it was never set.
  Result<std::optional<std::string>> meta(std::string_view name);
  Result<void> set_meta(std::string_view name, std::string_view value);

  JournalFile(JournalFile&&) noexcept;
  JournalFile& operator=(JournalFile&&) noexcept;
  ~JournalFile();

 private:
  class Impl;
  explicit JournalFile(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace synthv1
