// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"
#include "synthv1/model/token_estimate.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace synthv1 {

/// A reply as the journal keeps it.
struct KeptReply {
  std::string key;  ///< of ReplyKeys
  std::string purpose;
  std::uint32_t record = 0, index = 0, attempt = 0;  ///< as in ChatRequest
  ChatReply reply;
  std::int64_t received_ms = 0;  ///< since 1970, UTC
};

/// What the caller's check said of a kept reply.
struct KeptVerdict {
  std::string key;
  ReplyVerdict verdict;
  std::string checker;  ///< the version of the check: another one judges anew
};

/// A reply and, where it was judged, its last verdict.
struct KeptRow {
  KeptReply reply;
  std::optional<KeptVerdict> verdict;
};

/// A call that brought no reply.
struct KeptFailure {
  std::string purpose;
  std::uint32_t record = 0, index = 0, attempt = 0;
  std::string label;    ///< CallError::label
  std::string message;  ///< the first 2 KB of what came, valid UTF-8
  std::int64_t failed_ms = 0;
};

/// A record all of whose replies are there and judged: nothing is asked for it any more.
struct KeptRecord {
  std::uint32_t index = 0;
  std::string checker;
};

/// What calls have used of an endpoint.
struct Spending {
  std::uint64_t requests = 0;  ///< put on the wire, failures and retries included
  TokenCount counted;          ///< as the endpoint counted them
  TokenCount estimated;        ///< of calls whose usage it did not say

  std::int64_t tokens() const { return counted.total() + estimated.total(); }
  Spending& operator+=(const Spending& other) {
    requests += other.requests;
    counted += other.counted;
    estimated += other.estimated;
    return *this;
  }
};

/// One start of a run.
struct KeptStart {
  std::int64_t began_ms = 0;  ///< since 1970, UTC; tells starts apart
  std::int64_t until_ms = 0;  ///< its last commit
  Spending spending;
};

/// What is committed together.
struct JournalGroup {
  std::vector<KeptReply> replies;
  std::vector<KeptVerdict> verdicts;
  std::vector<KeptFailure> failures;
  std::vector<KeptRecord> records;
  std::optional<KeptStart> start;  ///< takes the place of what was said of it before

  bool empty() const {
    return replies.empty() && verdicts.empty() && failures.empty() && records.empty() && !start;
  }
};

/// Checksums of rows, as SQLite holds them.
std::int64_t checksum_of(const KeptReply& row);
std::int64_t checksum_of(const KeptVerdict& row);
std::int64_t checksum_of(const KeptFailure& row);
std::int64_t checksum_of(const KeptRecord& row);
std::int64_t checksum_of(const KeptStart& row);
std::int64_t checksum_of_meta(std::string_view name, std::string_view value);

}  // namespace synthv1
