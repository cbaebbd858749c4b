// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/file.h"
#include "synthv1/catalogue/catalogue.h"
#include "synthv1/evaluate/result_row.h"
#include "synthv1/ledger/date.h"
#include "synthv1/ledger/money.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace synthv1 {

/// A transaction that an answer rests on, and where the user states it.
struct EvidenceLine {
  std::uint32_t transaction = 0;  ///< its index in the record
  std::optional<Date> date;
  std::string scene, subscene, description;
  std::optional<Money> amount;
  std::optional<std::uint32_t> chunk, turn;  ///< from 0; nothing where the data does not say
  std::string line;                          ///< of the chunk, as it stands; empty where it is not named
};

/// A question that was answered wrongly, with what the data says of it.
struct WrongAnswer {
  ResultRow row;
  std::string query;
  std::optional<std::string> template_query;          ///< where the query is a rewording of it
  std::optional<std::string> due_now;                 ///< the data's answer, where it is not the row's
  std::optional<std::vector<EvidenceLine>> evidence;  ///< nothing where the data does not say
};

/// How many questions `failures` is about.
struct FailureCounts {
  std::uint64_t questions = 0;  ///< of the run, or of its category that was named
  std::uint64_t wrong = 0;      ///< of them
  std::uint64_t shown = 0;      ///< of those
};

/// Hears of what went wrong.
class FailureListener {
 public:
  virtual ~FailureListener() = default;
  /// First, once.
  virtual void begin(const FailureCounts& counts) = 0;
  /// Each, in the order of the data.
  virtual void failure(const WrongAnswer& failure) = 0;
};

/// What `synthv1 failures` is told.
struct FailureOptions {
  std::string run;                ///< a results file
  std::vector<std::string> data;  ///< datasets; none: those that the run's summary names
  std::string category;           ///< of the questions; empty: any
  std::uint64_t limit = 0;        ///< the first so many; 0: all
};

/// Tells of the questions that a run has wrong, strictly scored. Reads only the records that it needs, one at
/// a time. ErrorKind::usage where a line is no result, a file is missing, no question is of the category, or
/// the data lacks a question. `catalogue` is that of records that name none.
Result<FailureCounts> list_failures(const FailureOptions& options, const Catalogue& catalogue, Files& files,
                                    FailureListener& listener, const std::stop_token& stop = {});

/// One line of JSON, with its line break (docs/formats/results.md).
std::string format_failure(const WrongAnswer& failure);

}  // namespace synthv1
