// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/report/statistics.h"

#include <string>

namespace synthv1::cli {

/// The statistics of datasets as tables, at most `columns` wide.
std::string stats_text(const Statistics& statistics, std::size_t columns);

}  // namespace synthv1::cli
