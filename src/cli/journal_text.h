// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/journal_report.h"
#include "synthv1/model/prices.h"

#include <optional>
#include <string>

namespace synthv1::cli {

/// The run of a journal: its options that are not as by default, a line each.
std::string journal_run_text(const std::string& path, const JournalMeta& run);

/// The line above the rows of replies.
std::string journal_reply_header();
/// One attempt, a line. `model`: that of the run; another one is named.
std::string journal_reply_text(const KeptRow& row, const std::string& model);

/// The sums of a journal: purposes, failed calls, starts, cost, records, time.
std::string journal_totals_text(const JournalReport& report, const std::optional<Prices>& prices);

}  // namespace synthv1::cli
