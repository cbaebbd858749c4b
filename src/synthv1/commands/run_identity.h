// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/version.h"
#include "synthv1/commands/generate.h"
#include "synthv1/model/journal_file.h"

#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// The version of the check of a generated reply, as journals name it.
inline constexpr std::string_view kChecker = kVersion;

/// The options of a model's run that shape its dataset, by name and as they would be written. What may change
/// between its starts (concurrency, rates, budgets, timeouts, the key) is not among them.
JournalMeta identity_of(const GenerateOptions& options, const Catalogue& catalogue);

/// What of `now` differs from the identity that a journal holds: "--num_sessions=50 then, 30 now".
/// num_records may have grown; where `options` say so, the endpoint may have moved. What the journal does not
/// say any more is no difference, but for a seed that nobody gave.
std::vector<std::string> differences(const JournalMeta& then, const JournalMeta& now,
                                     const RunOptions& options);

/// The names of those values that a journal, which held them, has lost: their rows are damaged.
std::vector<std::string> lost_values(const JournalMeta& then, const JournalMeta& now);

}  // namespace synthv1
