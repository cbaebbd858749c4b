// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_write.h"
#include "synthv1/report/statistics.h"

namespace synthv1 {

/// Writes the statistics as one object (docs/formats/stats.md).
void write_statistics(json::Writer& writer, const Statistics& statistics);

}  // namespace synthv1
