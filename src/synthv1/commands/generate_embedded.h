// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/generate.h"

namespace synthv1 {

/// generate() with the embedded writer: records on all cores, written in order.
Result<GenerateSummary> generate_embedded(const GenerateOptions& options, const Catalogue& catalogue,
                                          Files& files, Progress& progress, const std::stop_token& stop);

}  // namespace synthv1
