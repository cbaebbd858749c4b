// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/generate.h"

namespace synthv1 {

/// generate() with a model: records side by side on one thread, all calls under one limit.
Result<GenerateSummary> generate_model(const GenerateOptions& options, const Catalogue& catalogue,
                                       Files& files, Progress& progress, const StopTokens& stop);

}  // namespace synthv1
