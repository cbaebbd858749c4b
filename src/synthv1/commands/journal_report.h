// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"
#include "synthv1/commands/journal_totals.h"
#include "synthv1/model/journal_file.h"

#include <string>
#include <vector>

namespace synthv1 {

/// Told of all that a journal holds, each whole row once: first the run, then its starts, settled records and
/// failed calls, at last the replies in the order in which they came.
class JournalListener {
 public:
  virtual ~JournalListener() = default;
  virtual void run(const JournalMeta& /*options*/) {}
  virtual void start(const KeptStart& /*start*/) {}
  virtual void record(const KeptRecord& /*record*/) {}
  virtual void failure(const KeptFailure& /*failure*/) {}
  virtual void reply(const KeptRow& /*reply*/) {}
};

/// What a journal holds, in sum.
struct JournalReport {
  JournalMeta run;
  JournalTotals totals;
  std::vector<std::string> damage;  ///< a line each for what is not whole
};

/// The journal that a user means who names it or the output beside it. ErrorKind::usage where there is none.
Result<std::string> find_journal(const std::string& path);

/// Reads the journal at `path` from end to end, also while a run writes it; memory does not grow with it.
/// What is damaged is left out and named. ErrorKind::usage where it is no journal of this version,
/// ErrorKind::faulty where it is so damaged that nothing can be read.
Result<JournalReport> report_journal(const std::string& path, JournalListener& listener);

/// Of a run's options those that are not as by default, and always where and what it asks, its seed and its
/// size.
JournalMeta notable_options(const JournalMeta& run);

}  // namespace synthv1
