// SPDX-License-Identifier: Apache-2.0
#include "cli/journal_json.h"

#include "synthv1/base/json_write.h"
#include "synthv1/commands/timestamp.h"
#include "synthv1/model/fingerprint.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace synthv1::cli {

namespace {

/// One line: an object of a type and what `add` adds.
template <class Add>
std::string line(std::string_view type, const Add& add) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("type").string(type);
  add(writer);
  writer.end_object();
  return text + "\n";
}

void add_time(json::Writer& writer, std::string_view name, std::int64_t since_1970_ms) {
  writer.key(name).string(format_time(WallTime(std::chrono::milliseconds(since_1970_ms))));
}

void add_tokens(json::Writer& writer, std::string_view name, const Usage& tokens) {
  const auto add = [&](std::string_view part, const std::optional<std::int64_t>& number) {
    writer.key(part);
    number ? writer.integer(*number) : writer.null();
  };
  writer.key(name).begin_object();
  add("prompt_tokens", tokens.prompt_tokens);
  add("completion_tokens", tokens.completion_tokens);
  writer.end_object();
}

/// Of a reply or a failure.
template <class Row>
void add_place(json::Writer& writer, const Row& row) {
  writer.key("purpose").string(row.purpose).key("record").integer(row.record);
  writer.key("item").integer(row.index).key("attempt").integer(row.attempt);
}

void add_verdict(json::Writer& writer, const std::optional<KeptVerdict>& kept) {
  writer.key("verdict");
  if (!kept) {
    writer.null();
    return;
  }
  const ReplyVerdict& verdict = kept->verdict;
  writer.string(name_of(verdict.kind)).key("class").string(verdict.refused_as);
  writer.key("reason").string(verdict.reason).key("checker").string(kept->checker);
}

}  // namespace

std::string json_line(const JournalMeta& run) {
  return line("run", [&](json::Writer& writer) {
    for (const auto& [name, value] : run) writer.key(name).string(value);
  });
}

std::string json_line(const KeptStart& start) {
  return line("start", [&](json::Writer& writer) {
    const Spending& spent = start.spending;
    add_time(writer, "began", start.began_ms);
    add_time(writer, "until", start.until_ms);
    writer.key("requests").integer(static_cast<std::int64_t>(spent.requests));
    add_tokens(writer, "usage", {spent.counted.prompt, spent.counted.completion});
    add_tokens(writer, "estimated", {spent.estimated.prompt, spent.estimated.completion});
  });
}

std::string json_line(const KeptRecord& record) {
  return line("record", [&](json::Writer& writer) {
    writer.key("record").integer(record.index).key("checker").string(record.checker);
  });
}

std::string json_line(const KeptFailure& failure, Contents contents) {
  return line("failure", [&](json::Writer& writer) {
    add_place(writer, failure);
    writer.key("class").string(failure.label);
    add_time(writer, "failed", failure.failed_ms);
    if (contents == Contents::with) writer.key("message").string(failure.message);
  });
}

std::string json_line(const KeptRow& row, Contents contents) {
  const KeptReply& kept = row.reply;
  return line("reply", [&](json::Writer& writer) {
    writer.key("key").string(to_hex(kept.key));
    add_place(writer, kept);
    add_verdict(writer, row.verdict);
    writer.key("finish_reason").string(kept.reply.finish_reason).key("model").string(kept.reply.model);
    add_tokens(writer, "usage", kept.reply.usage);
    writer.key("latency_ms").integer(kept.reply.latency.count());
    add_time(writer, "received", kept.received_ms);
    if (contents == Contents::with) writer.key("content").string(kept.reply.content);
  });
}

}  // namespace synthv1::cli
