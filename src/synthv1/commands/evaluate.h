// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/file.h"
#include "synthv1/commands/progress.h"
#include "synthv1/commands/run_options.h"
#include "synthv1/evaluate/agent.h"
#include "synthv1/evaluate/result_summary.h"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// The agents that need nothing but a name; process:CMD and http:URL are the others.
inline constexpr std::array<std::string_view, 10> kAgentNames = {
    "none", "full", "evidence", "recent", "bm25", "recurrent", "recurrent_aware", "extract", "key", "zero"};

/// Everything that `synthv1 evaluate` can be told.
struct EvaluateOptions : RunOptions {
  EvaluateOptions() { temperature = 0; }

  std::vector<std::string> data;          ///< files, "-" is standard input
  std::string agent = "full";             ///< of kAgentNames, process:CMD or http:URL
  std::uint32_t k = 5;                    ///< chunks that recent and bm25 show
  std::uint32_t max_tokens = 1'024;       ///< of an answer; 0: the server's own limit
  std::uint32_t max_note_tokens = 4'096;  ///< of notes, and of the transactions of a chunk
  std::uint64_t context_tokens = 0;       ///< most tokens of a prompt and its reply, estimated; 0: no limit
  std::optional<std::uint64_t> sample{};  ///< how many questions, each category its share; nothing: all
  std::uint32_t processes = 1;            ///< of process:CMD, each with a record of its own
  std::chrono::milliseconds agent_timeout{600'000};  ///< for one answer of an agent from outside
  /// Makes the memory system that `agent` then only names; empty: `agent` says which.
  std::function<std::unique_ptr<Agent>()> own_agent{};

  /// Whether the agent asks a model over the endpoint.
  bool asks_model() const;
};

/// How an evaluation ended.
struct EvaluateSummary {
  ResultSummary results;
  RunFacts facts;               ///< agent, data, prompts, scorer, ...
  std::uint64_t kept_rows = 0;  ///< results of earlier starts
  CallCounters calls;
  std::optional<double> cost;
  std::vector<std::string> remarks;
};

/// Finds what is wrong with the options before anything is read. The message names the flag and the cure.
Result<void> check_evaluate_options(const EvaluateOptions& options, Files& files);

/// Asks every question of the data of the agent, and writes a row a question to `options.out` as they come;
/// in the end all in the order of the data, and OUT.summary.json beside them. Started again with the same
/// options it goes on: what has a row is not asked again, and a model's replies are in OUT.journal. Blocks
/// until done; `stop` ends it early (ErrorKind::stopped), as a budget does (ErrorKind::budget).
/// `catalogue` has the prompts, and the scenes of records that name none.
Result<EvaluateSummary> evaluate(const EvaluateOptions& options, const Catalogue& catalogue, Files& files,
                                 Progress& progress, const StopTokens& stop = {});

/// Scores the stored answers of `run` anew, by today's scorer and today's data, and writes rows and summary
/// to `out`, which may be `run` itself. ErrorKind::usage where a row is of no question of the data.
Result<EvaluateSummary> rescore_run(const std::string& run, const std::string& out,
                                    const std::vector<std::string>& data, const Catalogue& catalogue,
                                    Files& files);

}  // namespace synthv1
