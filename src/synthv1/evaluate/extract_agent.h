// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/model_asking.h"

namespace synthv1 {

/// An agent that has the model write down the transactions of each chunk, keeps them as a ledger, and
/// computes the answers from it: what is asked must have a spec.
std::unique_ptr<Agent> make_extract_agent(const ModelAsking& asking);

}  // namespace synthv1
