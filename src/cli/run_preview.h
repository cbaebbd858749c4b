// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/verbs.h"

#include <stop_token>

namespace synthv1::cli {

/// synthv1 --preview: one session on standard output, calls and tokens on standard error.
Outcome run_preview(GenerateSettings& settings, const std::stop_token& stop);

}  // namespace synthv1::cli
