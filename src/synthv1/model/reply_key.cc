// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/reply_key.h"

#include "synthv1/model/fingerprint.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::string_view kKeyVersion = "reply key 3";
constexpr std::size_t kHashInKey = 24;

/// Its order is that of numbers.
void append_big_endian(std::string& bytes, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(number >> shift));
}

}  // namespace

std::string ReplyKeys::key(const ChatRequest& request) {
  Fingerprint fields;
  fields.add(kKeyVersion).add(scope_.endpoint).add(scope_.model).add(fmt::format("{}", scope_.temperature));
  fields.add(shared_digest(request));
  fields.add(static_cast<std::int64_t>(request.messages.size()));
  for (std::size_t i = 0; i < request.messages.size(); ++i) {
    fields.add(request.messages[i].role);
    if (i > 0) fields.add(request.messages[i].content);
    if (request.messages[i].before) fields.add(request.messages[i].before->digest());
  }
  fields.add(request.schema_name).add(std::int64_t{request.max_tokens});
  fields.add(request.purpose).add(std::int64_t{request.record}).add(std::int64_t{request.index});
  fields.add(std::int64_t{request.attempt}).add(std::int64_t{request.no_grammar});
  fields.add(fmt::format("{}", request.frequency_penalty));
  std::string key;
  append_big_endian(key, request.record);
  append_big_endian(key, request.index);
  return key.append(fields.digest(), 0, kHashInKey);
}

const std::string& ReplyKeys::shared_digest(const ChatRequest& request) {
  static const std::string kNone;
  const std::string& first = request.messages.empty() ? kNone : request.messages.front().content;
  Shared& shared = shared_[request.purpose];
  if (shared.digest.empty() || shared.first != first || shared.schema != request.schema) {
    shared = {.first = first, .schema = request.schema, .digest = {}};
    shared.digest = Fingerprint().add(first).add(request.schema).digest();
  }
  return shared.digest;
}

std::uint32_t record_of_key(std::string_view key) {
  std::uint32_t number = 0;
  for (const char byte : key.substr(0, sizeof number))
    number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

}  // namespace synthv1
