// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/file.h"
#include "synthv1/catalogue/catalogue.h"
#include "synthv1/report/page_data.h"

#include <span>
#include <stop_token>
#include <string>

namespace synthv1 {

/// Reads datasets and results of runs, told apart by their first record ("-" is standard input), streamed.
/// The summary beside a run (RUN.summary.json, or without .jsonl before it) names its agent and model. An
/// error (ErrorKind::usage, exit 2) names the place of what is neither, or not what its file began with.
Result<ReportContents> read_report(std::span<const std::string> paths, const Catalogue& catalogue,
                                   Files& files, const std::stop_token& stop = {});

struct ReportSummary {
  std::uint64_t records = 0, runs = 0, results = 0;
  std::uint64_t bytes = 0;  ///< of the page
};

/// `synthv1 report DATA|RUN... --out x.html`: writes the page ("-" is standard output), whole or not at all.
Result<ReportSummary> write_report(std::span<const std::string> paths, const std::string& out,
                                   const Catalogue& catalogue, Files& files,
                                   const std::stop_token& stop = {});

}  // namespace synthv1
