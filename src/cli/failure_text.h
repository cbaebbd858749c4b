// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/failures.h"

#include <string>

namespace synthv1::cli {

/// "27 of 100 questions wrong; the first 10:".
std::string failures_head(const FailureCounts& counts);

/// A failure as lines for a person, with an empty line at their end: of a long answer its last lines, of much
/// evidence the first.
std::string failure_text(const WrongAnswer& failure);

}  // namespace synthv1::cli
