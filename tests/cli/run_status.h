// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/run_status.h"

namespace synthv1::test {

/// A run in which everything that a status can say has something to say.
inline RunStatus busy_status() {
  using namespace std::chrono_literals;
  RunStatus status{.stage = RunStage::held,
                   .records = {.done = 4, .total = 12, .per_second = 0.02},
                   .sessions = {.done = 504, .total = 1200, .per_second = 2.5},
                   .paraphrases = {.done = 0, .total = 120, .per_second = {}},
                   .in_flight = 56,
                   .limit = 64,
                   .waiting = 120,
                   .held_for = 11'500ms,
                   .calls = {},
                   .tokens_per_second = 1234.6,
                   .cost = 3.21,
                   .left = {.cost = 16.79, .tokens = 5000, .requests = {}, .time = {}},
                   .elapsed = 3723s,
                   .time_left = 2712s,
                   .message = "http://x/v1: 429: 请慢一点 😀\nslow down"};
  status.calls.accepted = 520;
  status.calls.replies = 540;
  status.calls.kept = 231;
  status.calls.prompt_tokens = 1'234'567;
  status.calls.completion_tokens = 98'765;
  status.calls.refused = {{"faulty", 20}, {"empty", 2}};
  status.calls.failures = {{"429", 100}, {"500", 5}, {"idle timeout", 1}, {"慢", 10}};
  return status;
}

}  // namespace synthv1::test
