// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/generate.h"
#include "synthv1/model/token_estimate.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace synthv1 {

/// What an estimate has to take for granted.
struct PlanAssumptions {
  double tokens_per_second = 50;  ///< of one call, among the others in flight; above 0
  double asked_again = 0.25;      ///< share of the calls that are made twice, in the worse case
};

/// Calls and their tokens.
struct Workload {
  std::uint64_t calls = 0;
  TokenCount tokens;
};

/// What that takes.
struct RunBill {
  Workload work;
  std::optional<double> cost;  ///< in the currency of the prices; nothing without them
  std::chrono::duration<double> time{0};
};

/// What a run is expected to take.
struct RunEstimate {
  std::uint64_t records = 0;
  std::uint64_t sampled_records = 0;  ///< those whose requests were built; the others count like them
  Workload sessions;
  Workload paraphrases;
  RunBill at_best;   ///< every first reply is taken
  RunBill at_worst;  ///< a share of the calls is made twice
  PlanAssumptions assumptions;
};

/// What generate() would ask of the model with these options; nothing is sent or written. Prompts are counted
/// by the requests themselves, replies by what the embedded writer makes of the same plans, put as the JSON
/// that a model is asked for: both in estimate_tokens(). Of many records a sample spread over the run is
/// built, in about a second whatever their number. No calls for the embedded writer. Errors are those of
/// check_run_options().
Result<RunEstimate> plan_run(const GenerateOptions& options, const Catalogue& catalogue,
                             const PlanAssumptions& assumptions = {});

}  // namespace synthv1
