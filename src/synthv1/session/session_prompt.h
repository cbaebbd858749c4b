// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/catalogue.h"
#include "synthv1/model/ask.h"
#include "synthv1/model/chat_model.h"
#include "synthv1/plan/record_plan.h"
#include "synthv1/session/check.h"

#include <span>
#include <string>

namespace synthv1 {

/// The JSON schema of a reply (strict subset). Scenes and subscenes are enumerated, all of the catalogue's so
/// that the schema is the same for every session, unless there are more than servers take.
std::string session_schema(const Catalogue& catalogue);

/// The plan as it stands in a request: one JSON object (SPEC, section 5).
std::string session_plan_json(const SessionPlan& plan, const Catalogue& catalogue);

/// The request for a session, after these refused replies; `faults` are those that the check found in the
/// last of them. The last message ends with the plan in a fenced block.
ChatRequest session_request(const SessionPlan& plan, const Catalogue& catalogue, const std::string& schema,
                            const Refusals& refusals, std::span<const SessionFault> faults);

}  // namespace synthv1
