// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/catalogue.h"
#include "synthv1/model/ask.h"
#include "synthv1/model/chat_model.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace synthv1 {

/// A question that a request asks to be reworded.
struct AskedQuestion {
  std::uint32_t id = 0;             ///< its index in the record
  std::string text;                 ///< the template
  std::vector<std::string> faults;  ///< of the last rewrite; empty at the first time
};

/// The JSON schema of a reply (strict subset): {"questions": [{"id", "question"}]}.
std::string paraphrase_schema();

/// The plan as it stands in a request: one JSON object (SPEC, section 5).
std::string paraphrase_plan_json(std::span<const AskedQuestion> questions, Language language);

/// The request for these questions, after these refused replies; `reply_faults` are those of the last reply
/// as a whole. The last message ends with the plan in a fenced block.
ChatRequest paraphrase_request(std::span<const AskedQuestion> questions, Language language,
                               const Catalogue& catalogue, const Refusals& refusals,
                               std::span<const std::string> reply_faults);

}  // namespace synthv1
