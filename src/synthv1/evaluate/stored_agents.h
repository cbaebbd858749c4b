// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/agent.h"

namespace synthv1 {

/// Answers with the stored answer: what does not score 100 % with it is wrong with the data or the scorer.
std::unique_ptr<Agent> make_key_agent();

/// Always answers 0.00: what a dataset gives away for nothing.
std::unique_ptr<Agent> make_zero_agent();

}  // namespace synthv1
