// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/run_options.h"
#include "synthv1/model/journal.h"
#include "synthv1/model/reply_key.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

namespace synthv1 {

/// Where the journal of such a run lies; empty where it keeps none: the embedded writer can write again what
/// it wrote, and standard output has no place beside it.
std::string journal_path(const RunOptions& options);

/// What sets a run apart from others, beside its RunOptions.
struct RunKind {
  /// The options that shape its output, by name, once its seed is known. What may change between its starts
  /// (concurrency, rates, budgets, timeouts, the key) is not among them.
  std::function<JournalMeta()> identity;
  std::uint32_t records = 0;
  std::string checker;  ///< the version of the check of its replies
};

/// The journal of a run, open, and what it knows of earlier starts.
struct RunJournal {
  std::unique_ptr<Journal> journal;
  JournalScope scope;         ///< of its keys: the endpoint as it was first named
  std::vector<bool> settled;  ///< by record: nothing is asked for it any more
  std::int64_t kept = 0;      ///< replies in it
  Spending spent;             ///< by earlier starts
  std::vector<std::string> remarks;
};

/// Opens the run's journal or begins one. A seed that was drawn gives way to the journal's. ErrorKind::usage
/// where it is of a run with other options, or another process writes it; ErrorKind::disk where it cannot be
/// read or written. With `options.fresh` an old one is set aside first.
Result<RunJournal> open_run_journal(RunOptions& options, const RunKind& kind,
                                    const asio::any_io_executor& executor);

/// Takes away a journal, closed, that holds no reply; whether it did.
bool remove_if_empty(const std::string& path);

}  // namespace synthv1
