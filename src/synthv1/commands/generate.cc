// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/generate.h"

#include "synthv1/commands/generate_embedded.h"
#include "synthv1/commands/generate_model.h"
#include "synthv1/paraphrase/model_paraphrase.h"

namespace synthv1 {

RunOutline outline_of(const GenerateOptions& options) {
  const std::uint64_t batches = (options.num_questions + kQuestionsInABatch - 1) / kQuestionsInABatch;
  return {.records = options.num_records,
          .sessions = std::uint64_t{options.num_records} * options.plan.num_sessions,
          .paraphrases = options.embedded() || !options.diversify ? 0 : options.num_records * batches,
          .seed = options.seed,
          .out = options.out,
          .model = options.model};
}

Result<GenerateSummary> generate(const GenerateOptions& options, const Catalogue& catalogue, Files& files,
                                 Progress& progress, const StopTokens& stop) {
  if (auto ok = check_options(options, catalogue, files); !ok) return std::unexpected(std::move(ok.error()));
  Result<GenerateSummary> summary = options.embedded()
                                        ? generate_embedded(options, catalogue, files, progress, stop.drain)
                                        : generate_model(options, catalogue, files, progress, stop);
  progress.ended(end_of(summary));
  return summary;
}

}  // namespace synthv1
