// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/run_evaluate.h"
#include "cli/settings.h"
#include "synthv1/commands/evaluate.h"
#include "synthv1/commands/generate.h"

#include <memory>
#include <variant>

namespace synthv1::python {

using JobSummary = std::variant<GenerateSummary, EvaluateSummary>;

/// What a run does: one verb with its settings.
class Job {
 public:
  virtual ~Job() = default;
  virtual RunOptions& options() = 0;
  virtual cli::ProgramSettings& program() = 0;
  virtual Result<JobSummary> run(const Catalogue& catalogue, Files& files, Progress& progress,
                                 const StopTokens& stop) = 0;
};

std::unique_ptr<Job> make_generate_job(cli::GenerateSettings settings);
std::unique_ptr<Job> make_evaluate_job(cli::EvaluateSettings settings);

}  // namespace synthv1::python
