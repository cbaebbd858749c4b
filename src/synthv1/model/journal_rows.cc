// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/journal_rows.h"

#include "synthv1/model/fingerprint.h"

#include <cstring>

namespace synthv1 {

namespace {

/// The first 8 bytes of the digest.
std::int64_t checksum(const Fingerprint& fields) {
  std::int64_t sum = 0;
  std::memcpy(&sum, fields.digest().data(), sizeof sum);
  return sum;
}

void add_tokens(Fingerprint& fields, const TokenCount& tokens) {
  fields.add(tokens.prompt).add(tokens.completion);
}

}  // namespace

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
