// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/journal_rows.h"

#include "synthv1/model/fingerprint.h"

#include <cstring>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::string_view kKeyVersion = "reply key 2";
constexpr std::size_t kHashInKey = 24;

/// The first 8 bytes of the digest.
std::int64_t checksum(const Fingerprint& fields) {
  std::int64_t sum = 0;
  std::memcpy(&sum, fields.digest().data(), sizeof sum);
  return sum;
}

void add_tokens(Fingerprint& fields, const TokenCount& tokens) {
  fields.add(tokens.prompt).add(tokens.completion);
}

/// Its order is that of numbers.
void append_big_endian(std::string& bytes, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(number >> shift));
}

}  // namespace

std::string reply_key(const JournalScope& scope, const ChatRequest& request) {
  Fingerprint fields;
  fields.add(kKeyVersion).add(scope.endpoint).add(scope.model).add(fmt::format("{}", scope.temperature));
  fields.add(static_cast<std::int64_t>(request.messages.size()));
  for (const ChatMessage& message : request.messages) fields.add(message.role).add(message.content);
  fields.add(request.schema_name).add(request.schema).add(std::int64_t{request.max_tokens});
  fields.add(request.purpose).add(std::int64_t{request.record}).add(std::int64_t{request.index});
  fields.add(std::int64_t{request.attempt}).add(std::int64_t{request.no_grammar});
  fields.add(fmt::format("{}", request.frequency_penalty));
  std::string key;
  append_big_endian(key, request.record);
  append_big_endian(key, request.index);
  return key.append(fields.digest(), 0, kHashInKey);
}

std::uint32_t record_of_key(std::string_view key) {
  std::uint32_t number = 0;
  for (const char byte : key.substr(0, sizeof number))
    number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

std::int64_t checksum_of(const KeptReply& row) {
  const ChatReply& reply = row.reply;
  Fingerprint fields;
  fields.add(row.key).add(row.purpose);
  fields.add(std::int64_t{row.record}).add(std::int64_t{row.index}).add(std::int64_t{row.attempt});
  fields.add(reply.content).add(reply.finish_reason).add(reply.model);
  fields.add(reply.usage.prompt_tokens).add(reply.usage.completion_tokens);
  fields.add(std::int64_t{reply.latency.count()}).add(row.received_ms);
  return checksum(fields);
}

std::int64_t checksum_of(const KeptVerdict& row) {
  Fingerprint fields;
  fields.add(row.key).add(static_cast<std::int64_t>(row.verdict.kind));
  fields.add(row.verdict.refused_as).add(row.verdict.reason).add(row.checker);
  return checksum(fields);
}

std::int64_t checksum_of(const KeptFailure& row) {
  Fingerprint fields;
  fields.add(row.purpose);
  fields.add(std::int64_t{row.record}).add(std::int64_t{row.index}).add(std::int64_t{row.attempt});
  fields.add(row.label).add(row.message).add(row.failed_ms);
  return checksum(fields);
}

std::int64_t checksum_of(const KeptRecord& row) {
  Fingerprint fields;
  fields.add(std::int64_t{row.index}).add(row.checker);
  return checksum(fields);
}

std::int64_t checksum_of(const KeptStart& row) {
  Fingerprint fields;
  fields.add(row.began_ms).add(row.until_ms).add(static_cast<std::int64_t>(row.spending.requests));
  add_tokens(fields, row.spending.counted);
  add_tokens(fields, row.spending.estimated);
  return checksum(fields);
}

std::int64_t checksum_of_meta(std::string_view name, std::string_view value) {
  Fingerprint fields;
  fields.add(name).add(value);
  return checksum(fields);
}

}  // namespace synthv1
