// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/file.h"
#include "synthv1/catalogue/catalogue.h"
#include "synthv1/report/statistics.h"

#include <span>
#include <stop_token>
#include <string>

namespace synthv1 {

/// `synthv1 stats DATA...`: what the records of the files ("-" is standard input) hold, streamed. An error
/// (ErrorKind::usage, exit 2) says where a file is not JSON, holds something else than records, or none.
/// `catalogue` is that of records that name none.
Result<Statistics> dataset_statistics(std::span<const std::string> paths, const Catalogue& catalogue,
                                      Files& files, const std::stop_token& stop = {});

}  // namespace synthv1
