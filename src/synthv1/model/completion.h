// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"
#include "synthv1/model/failure.h"
#include "synthv1/net/http.h"

#include <chrono>
#include <expected>

namespace synthv1 {

/// Reads a response of status 200 as a chat completion: its first choice. A whole reply comes back whatever
/// its end: finish_reason is the server's, or "refusal" (content is then what the model said instead),
/// "tool_calls", "thoughts" (there is reasoning and no answer). Errors: an error stated inside, of its own
/// class; anything else is transient.
std::expected<ChatReply, Failure> parse_completion(const net::HttpResponse& response,
                                                   std::chrono::sys_seconds now);

}  // namespace synthv1
