// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/run_state.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace synthv1 {

/// Where a run stands.
enum class RunStage : std::uint8_t {
  running,
  held,      ///< the endpoint asked to wait; nothing is sent
  stopping,  ///< no new calls; those in flight are waited for
  done,
  failed,
  stopped,
};
inline constexpr std::array<std::string_view, 6> kRunStageNames = {"running", "held",   "stopping",
                                                                   "done",    "failed", "stopped"};

/// How much of something is done.
struct Portion {
  std::uint64_t done = 0;
  std::uint64_t total = 0;           ///< 0: there is nothing of it to do
  std::optional<double> per_second;  ///< of late; nothing before the first
};

/// What is left of the budgets that were given.
struct BudgetLeft {
  std::optional<double> cost;  ///< in the currency of the prices
  std::optional<std::int64_t> tokens;
  std::optional<std::int64_t> requests;
  std::optional<std::chrono::seconds> time;
};

/// The numbers of a run by a model at one moment.
struct RunStatus {
  RunStage stage = RunStage::running;
  Portion records, sessions, paraphrases;  ///< paraphrases: batches
  Portion questions;                       ///< of an evaluation
  std::uint64_t in_flight = 0;             ///< calls on the wire
  std::uint64_t limit = 0;                 ///< the most of them at present; 0 where no model is asked
  std::uint64_t waiting = 0;               ///< calls in line behind the limit
  std::chrono::milliseconds held_for{0};   ///< how much longer the endpoint asked to wait
  CallCounters calls;
  std::optional<double> tokens_per_second;  ///< written by the model, of late
  std::optional<double> cost;               ///< so far, where prices are known
  BudgetLeft left;
  std::chrono::milliseconds elapsed{0};
  std::optional<std::chrono::seconds> time_left;  ///< at the speed of late
  std::string message;                            ///< the last failure of a call, or what ended the run
};

}  // namespace synthv1
