// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/journal_rows.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace synthv1 {

/// Counts by name.
using NamedCounts = std::map<std::string, std::uint64_t, std::less<>>;

/// Times of calls. Memory grows with how many different ones there are.
class Latencies {
 public:
  void add(std::chrono::milliseconds latency);

  std::uint64_t count() const { return count_; }
  std::chrono::milliseconds sum() const { return sum_; }
  /// Zero where there are none, as the median.
  std::chrono::milliseconds mean() const;
  /// The lower one of two in the middle.
  std::chrono::milliseconds median() const;

 private:
  std::map<std::chrono::milliseconds, std::uint64_t> counts_;
  std::uint64_t count_ = 0;
  std::chrono::milliseconds sum_{0};
};

/// What came of the replies of one purpose. replies = accepted + settled + refused + not_judged.
struct PurposeTotals {
  std::uint64_t replies = 0, accepted = 0, settled = 0, refused = 0;
  std::uint64_t not_judged = 0;  ///< the run ended before, or the verdict is damaged
  NamedCounts classes;           ///< of the refused and settled ones
  TokenCount tokens;             ///< as far as the endpoint counted them
  std::uint64_t uncounted = 0;   ///< replies whose tokens, in or out, it did not say
};

/// The sums of a journal.
struct JournalTotals {
  std::map<std::string, PurposeTotals> purposes;
  NamedCounts failures;           ///< failed calls by label, as far as a journal keeps them
  std::vector<KeptStart> starts;  ///< in order
  Spending spent;                 ///< of all starts
  std::uint64_t settled_records = 0;
  Latencies latencies;
  std::optional<std::int64_t> last_reply_ms;  ///< since 1970, UTC

  void add(const KeptRow& row);
  void add(const KeptFailure& failure) { ++failures[failure.label]; }
  void add(const KeptRecord&) { ++settled_records; }
  void add(const KeptStart& start);

  /// From the first start to the last reply; nothing where there is no start or no reply.
  std::optional<std::chrono::milliseconds> span() const;
};

}  // namespace synthv1
