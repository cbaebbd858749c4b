// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/completion.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/text.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

using json::Value;

std::unexpected<Failure> broken(std::string_view label, std::string message) {
  return std::unexpected(transient_failure(label, std::move(message)));
}

std::expected<Value, Failure> parse_body(std::string_view body) {
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  if (trim(body).empty()) return broken("empty body", "200 without a body");
  if (is_html(body)) return broken("proxy page", "200: " + read_error(body).message);
  auto value = json::parse(body);
  if (!value && !valid_utf8(body)) value = json::parse(replace_invalid_utf8(body));
  if (!value) return broken("broken body", "200 with a body that is not JSON: " + value.error().describe());
  return std::move(*value);
}

/// Tokens where the server gives a sensible count.
std::optional<std::int64_t> count_of(const Value* usage, std::string_view key) {
  const Value* count = usage == nullptr ? nullptr : usage->find(key);
  const auto number = count == nullptr ? std::nullopt : count->as_int64();
  if (!number || *number < 0) return std::nullopt;
  return number;
}

/// The choice of index 0, or the first.
Value* choice_of(Value& body) {
  Value* choices = body.find("choices");
  Value::Array* list = choices == nullptr ? nullptr : choices->as_array();
  if (list == nullptr) return nullptr;
  for (Value& choice : *list) {
    const Value* index = choice.find("index");
    if (index != nullptr && index->as_int64() == 0) return &choice;
  }
  return list->empty() ? nullptr : &list->front();
}

bool has_text(const Value* value) {
  const auto text = value == nullptr ? std::nullopt : value->as_string();
  return text && !trim(*text).empty();
}

std::string join_parts(Value::Array& parts) {
  std::string text;
  for (Value& part : parts) {
    Value* piece = part.is_string() ? &part : part.find("text");
    if (piece != nullptr) text += piece->take_string();
  }
  return text;
}

/// The text of a message; nothing where its content is of a type that no server sends.
std::optional<std::string> content_of(Value& message) {
  Value* content = message.find("content");
  if (content == nullptr || content->is_null()) return std::string();
  if (content->is_string()) return content->take_string();
  if (Value::Array* parts = content->as_array()) return join_parts(*parts);
  return std::nullopt;
}

std::string finish_reason_of(const Value& choice) {
  const Value* reason = choice.find("finish_reason");
  if (reason == nullptr || reason->is_null()) return {};
  const auto text = reason->as_string();
  return text ? std::string(*text) : "unknown";
}

bool calls_tools(const Value& message) {
  const Value* calls = message.find("tool_calls");
  const Value* call = message.find("function_call");
  return (calls != nullptr && calls->is_array() && !calls->as_array()->empty()) ||
         (call != nullptr && call->is_object());
}

/// A message without text says in other members why.
void explain_silence(Value& message, ChatReply& reply) {
  if (!trim(reply.content).empty()) return;
  if (Value* refusal = message.find("refusal"); has_text(refusal)) {
    reply.content = refusal->take_string();
    reply.finish_reason = "refusal";
  } else if (calls_tools(message)) {
    reply.finish_reason = "tool_calls";
  } else if (reply.finish_reason != "length" &&
             (has_text(message.find("reasoning")) || has_text(message.find("reasoning_content")))) {
    reply.finish_reason = "thoughts";
  }
}

}  // namespace

std::expected<ChatReply, Failure> parse_completion(const net::HttpResponse& response,
                                                   std::chrono::sys_seconds now) {
  auto body = parse_body(response.body);
  if (!body) return std::unexpected(std::move(body.error()));
  if (const auto error = find_error(*body)) return std::unexpected(classify_inner(*error, response, now));
  Value* choice = choice_of(*body);
  if (choice == nullptr) return broken("incomplete", "200 without a choice");
  ChatReply reply;
  reply.finish_reason = finish_reason_of(*choice);
  if (reply.finish_reason == "abort" || reply.finish_reason == "error") {
    return broken("aborted", fmt::format("200, but the server ended the reply: '{}'", reply.finish_reason));
  }
  Value* message = choice->find("message");
  if (message == nullptr || !message->is_object()) return broken("incomplete", "200 without a message");
  auto content = content_of(*message);
  if (!content) return broken("incomplete", "200 with a message whose content is not text");
  reply.content = std::move(*content);
  explain_silence(*message, reply);
  if (Value* model = body->find("model"); model != nullptr && model->is_string()) {
    reply.model = model->take_string();
  }
  const Value* usage = body->find("usage");
  reply.usage = {.prompt_tokens = count_of(usage, "prompt_tokens"),
                 .completion_tokens = count_of(usage, "completion_tokens")};
  return reply;
}

}  // namespace synthv1
