// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_value.h"
#include "tests/support/fake_endpoint.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1::test {

/// The plan at the end of a chat request: the JSON in the fenced block that ends its last message. Null where
/// there is none.
json::Value plan_of(const FakeRequest& request);
/// The content of the request's last message.
std::string last_message(const FakeRequest& request);

/// What can be wrong with a session that a model writes.
enum class Slip {
  none,
  prose,  ///< no JSON at all
  empty_turn,
  bad_role,
  no_transactions,
  negative_amount,
  unknown_scene,
  not_stated,
  unexplained_money,
  turn_missing,  ///< fewer turns than the plan asks for
  pair_missing,  ///< of a plan with two or more
  pair_unrequested,
  other_date,
};

/// The content of a reply that does what a session plan says, but for the slip.
std::string session_content(const json::Value& plan, Slip slip = Slip::none);
/// The content of a reply that leaves every question of a paraphrase plan as it is, but for a word before it.
std::string paraphrase_content(const json::Value& plan);
/// The content of a reply that answers whatever an evaluation asks: 0.00, Dining, 2024-01-15.
std::string answer_content(const json::Value& plan);
/// The content of a right reply to whatever a plan asks for.
std::string right_content(const json::Value& plan);

/// The body of a chat completion with that content.
std::string completion_body(std::string_view content, std::string_view finish_reason = "stop",
                            std::size_t prompt_tokens = 100);
/// A whole answer with that content.
Answer complete(std::string_view content, std::string_view finish_reason = "stop",
                std::size_t prompt_tokens = 100);

/// A server that answers every request rightly, but for those that `fault` answers. Not only chat: GET
/// /v1/models lists `models`.
Script openai_script(std::function<std::optional<Answer>(const FakeRequest&)> fault = {},
                     std::vector<std::string> models = {"test-model"});

}  // namespace synthv1::test
