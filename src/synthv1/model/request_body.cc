// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/request_body.h"

#include "synthv1/base/json_write.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

void write_messages(json::Writer& writer, const std::vector<ChatMessage>& messages, net::Body& body) {
  writer.key("messages").begin_array();
  for (const ChatMessage& message : messages) {
    writer.begin_object().key("role").string(message.role).key("content");
    const std::size_t quote = body.own.size();
    writer.string(message.content).end_object();
    if (!message.before) continue;
    body.shared = message.before->escaped();
    body.at = quote + 1;
  }
  writer.end_array();
}

void write_response_format(json::Writer& writer, const ChatRequest& request, ReplyFormat format) {
  if (request.schema.empty() || request.no_grammar || format == ReplyFormat::none) return;
  writer.key("response_format").begin_object().key("type");
  if (format == ReplyFormat::json_object) {
    writer.string("json_object").end_object();
    return;
  }
  writer.string("json_schema").key("json_schema").begin_object();
  writer.key("name")
      .string(request.schema_name)
      .key("strict")
      .boolean(true)
      .key("schema")
      .raw(request.schema);
  writer.end_object().end_object();
}

std::size_t size_hint(const ChatRequest& request) {
  std::size_t size = 2048 + request.schema.size();
  for (const ChatMessage& message : request.messages) size += message.content.size() * 9 / 8 + 64;
  return size;
}

}  // namespace

net::Body request_body(const ChatRequest& request, std::string_view model, double temperature,
                       const RequestForm& form) {
  net::Body body;
  body.own.reserve(size_hint(request));
  json::Writer writer(body.own);
  writer.begin_object().key("model").string(model);
  write_messages(writer, request.messages, body);
  if (form.temperature) writer.key("temperature").number(fmt::format("{}", temperature));
  if (request.frequency_penalty != 0 && form.frequency_penalty)
    writer.key("frequency_penalty").number(fmt::format("{}", request.frequency_penalty));
  if (request.max_tokens != 0) {
    writer.key(form.completion_tokens ? "max_completion_tokens" : "max_tokens").integer(request.max_tokens);
  }
  write_response_format(writer, request, form.format);
  writer.end_object();
  return body;
}

}  // namespace synthv1
