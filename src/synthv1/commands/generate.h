// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/file.h"
#include "synthv1/commands/progress.h"
#include "synthv1/commands/run_options.h"
#include "synthv1/dataset/dataset_writer.h"
#include "synthv1/model/run_state.h"
#include "synthv1/plan/record_plan.h"
#include "synthv1/question/generate.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace synthv1 {

/// The layouts that --layout names; automatic: an object for one record, an array for several, lines in a
/// .jsonl.
enum class LayoutChoice : std::uint8_t { automatic, object, array };

/// Everything that `synthv1 generate` can be told. The defaults are those of SPEC 4.
struct GenerateOptions : RunOptions {
  GenerateOptions() { out = "processed_synth.json"; }

  PlanOptions plan{.dates = {Date(std::chrono::year(2024) / 1 / 1), Date(std::chrono::year(2024) / 12 / 31)}};
  std::uint32_t num_questions = 100;
  Share zero_answers{.parts = 1, .of = 10};  ///< of the questions that may have the answer 0.00
  bool diversify = true;
  std::uint32_t num_records = 1;
  bool strict = false;
  LayoutChoice layout = LayoutChoice::automatic;
  std::uint32_t threads = 0;  ///< for the embedded writer; 0: as many as the process may use
};

/// How a run ended.
struct GenerateSummary {
  std::uint64_t records = 0;
  std::uint64_t bytes = 0;
  std::uint64_t seed = 0;
  std::uint64_t imperfections = 0;
  std::chrono::nanoseconds writing{0};  ///< everything but the sync
  std::chrono::nanoseconds syncing{0};  ///< making the file durable
  CallCounters calls;                   ///< of the model; all zero for the embedded writer
  std::uint64_t kept_replies = 0;       ///< that the journal held at the start
  std::optional<double> cost;           ///< of all starts, where prices are known
  std::vector<std::string> remarks;     ///< what the model's replies show to be odd, a line each
};

/// The layout of the file that these options make.
DatasetLayout layout_of(const GenerateOptions& options);

/// What check_options() finds, but for the output: for what writes no file.
Result<void> check_run_options(const GenerateOptions& options, const Catalogue& catalogue);

/// What a run of these options has to do.
RunOutline outline_of(const GenerateOptions& options);

/// Finds what is wrong with the options, before anything is done: contradictions, limits, an output that
/// cannot be written. The message names the flag and the cure.
Result<void> check_options(const GenerateOptions& options, const Catalogue& catalogue, Files& files);

/// Writes the dataset. Whole records of a model's run over several that fails or is stopped go to
/// OUT.partial.jsonl, and the error says so; what the embedded writer makes can be made again, so nothing of
/// it is kept. A model's replies are in OUT.journal before they count, and the same options go on from there.
/// Blocks until done; `stop` ends the run early (ErrorKind::stopped), as a budget does (ErrorKind::budget).
Result<GenerateSummary> generate(const GenerateOptions& options, const Catalogue& catalogue, Files& files,
                                 Progress& progress, const StopTokens& stop = {});

}  // namespace synthv1
