// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"
#include "synthv1/net/http.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace synthv1 {

/// How an endpoint is asked for JSON, from the strictest on.
enum class ReplyFormat : std::uint8_t { json_schema, json_object, none };

/// What of a request an endpoint takes. What it refused once is left out, or said otherwise, from then on.
struct RequestForm {
  ReplyFormat format = ReplyFormat::json_schema;
  bool completion_tokens = false;  ///< the limit's key is max_completion_tokens: OpenAI's newer models
  bool temperature = true;         ///< false: the model's own
  bool frequency_penalty = true;   ///< false: it takes none
};

/// The body of `POST {base_url}/chat/completions`: OpenAI's JSON, keys in a fixed order (model, messages,
/// temperature, frequency_penalty, max_tokens, response_format). A request without a schema, or without
/// grammar, has no response_format. What a message shares with others is not copied.
net::Body request_body(const ChatRequest& request, std::string_view model, double temperature,
                       const RequestForm& form);

}  // namespace synthv1
