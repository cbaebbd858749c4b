// SPDX-License-Identifier: Apache-2.0
#include "native/job.h"

#include <utility>

namespace synthv1::python {

namespace {

template <class Settings>
class SettingsJob : public Job {
 public:
  explicit SettingsJob(Settings settings) : settings_(std::move(settings)) {}
  RunOptions& options() override { return settings_.run; }
  cli::ProgramSettings& program() override { return settings_; }

 protected:
  Settings settings_;
};

class GenerateJob final : public SettingsJob<cli::GenerateSettings> {
 public:
  using SettingsJob::SettingsJob;
  Result<JobSummary> run(const Catalogue& catalogue, Files& files, Progress& progress,
                         const StopTokens& stop) override {
    return generate(settings_.run, catalogue, files, progress, stop);
  }
};

class EvaluateJob final : public SettingsJob<cli::EvaluateSettings> {
 public:
  using SettingsJob::SettingsJob;
  Result<JobSummary> run(const Catalogue& catalogue, Files& files, Progress& progress,
                         const StopTokens& stop) override {
    const EvaluateOptions& run = settings_.run;
    if (settings_.rescore.empty()) return evaluate(run, catalogue, files, progress, stop);
    return rescore_run(settings_.rescore, run.out, run.data, catalogue, files);
  }
};

}  // namespace

std::unique_ptr<Job> make_generate_job(cli::GenerateSettings settings) {
  return std::make_unique<GenerateJob>(std::move(settings));
}

std::unique_ptr<Job> make_evaluate_job(cli::EvaluateSettings settings) {
  return std::make_unique<EvaluateJob>(std::move(settings));
}

}  // namespace synthv1::python
