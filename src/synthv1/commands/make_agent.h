// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/endpoint_run.h"
#include "synthv1/commands/evaluate.h"
#include "synthv1/evaluate/agent.h"

#include <memory>

namespace synthv1 {

/// The agent that the options name. `model` is what it asks; null where it asks none. All arguments must
/// outlive it. ErrorKind::usage where the URL of an agent from outside is wrong.
Result<std::unique_ptr<Agent>> make_agent(const EvaluateOptions& options, const Catalogue& catalogue,
                                          ChatModel* model, EndpointRun& endpoint);

}  // namespace synthv1
