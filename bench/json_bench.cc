// SPDX-License-Identifier: Apache-2.0
// JSON at work: records of about 300 KB read and written, replies of about 6 KB repaired.
#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_repair.h"
#include "synthv1/base/json_write.h"
#include "synthv1/base/text.h"

#include <string>
#include <string_view>

#include <benchmark/benchmark.h>

namespace {

using namespace synthv1;

constexpr std::string_view kEnglish =
    "Had lunch at the new place near the office today, it came to 45.50 yuan with the drink.";
constexpr std::string_view kChinese =
    "今天中午在公司附近的新店吃了午饭，加上饮料一共花了45.50元，味道还不错。";

/// A record like those that are generated: 50 chunks of 30 turns, and questions.
std::string record(std::string_view sentence) {
  std::string chunk;
  for (int turn = 0; turn < 30; ++turn) {
    chunk += turn % 2 ? "[2024-01-15] Assistant said, \"" : "[2024-01-15] User said, \"";
    chunk += std::string(sentence) + " " + std::string(sentence) + "\"\n";
  }
  std::string out;
  json::Writer writer(out);
  writer.begin_object().key("task_id").string("consumption_tracking_abc12345").key("questions").begin_array();
  for (int question = 0; question < 100; ++question) {
    writer.begin_object().key("qid").string("synth_abc12345_0").key("query").string(sentence);
    writer.key("answer").string("123.45").key("position").integer(49).end_object();
  }
  writer.end_array().key("chunks").begin_array();
  for (int session = 0; session < 50; ++session) writer.string(chunk);
  writer.end_array().end_object();
  return out;
}

/// A reply to a session request, of 30 turns and 10 transactions.
std::string reply(std::string_view sentence) {
  std::string out;
  json::Writer writer(out, json::Writer::Style::pretty);
  writer.begin_object().key("dialogue").begin_array();
  for (int turn = 0; turn < 30; ++turn) {
    writer.begin_object().key("role").string(turn % 2 ? "assistant" : "user");
    writer.key("content").string(std::string(sentence) + " " + std::string(sentence)).end_object();
  }
  writer.end_array().key("transactions").begin_array();
  for (int transaction = 0; transaction < 10; ++transaction) {
    writer.begin_object().key("scene").string("Dining").key("subscene").string("Restaurant");
    writer.key("amount").number("45.50").key("description").string("lunch").end_object();
  }
  writer.end_array().end_object();
  return out;
}

std::string with_each(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string fenced(std::string_view sentence) {
  return "<think>Short and friendly.</think>\nHere it is:\n```json\n" + reply(sentence) + "\n```\nEnjoy!";
}
/// Trailing commas throughout, inside a fence: lossless.
std::string trailing_commas(std::string_view sentence) {
  return "```json\n" + with_each(with_each(reply(sentence), "\n    }", ",\n    }"), "\n  ]", ",\n  ]") +
         "\n```";
}
/// Typographic quotes around everything: lossless.
std::string smart_quotes(std::string_view sentence) { return with_each(reply(sentence), "\"", "”"); }
/// Python's way of printing: lossless.
std::string single_quotes(std::string_view sentence) { return with_each(reply(sentence), "\"", "'"); }
std::string truncated(std::string_view sentence) {
  const std::string whole = reply(sentence);
  return whole.substr(0, whole.size() * 9 / 10);
}
/// Quotes inside the text and commas forgotten between members: lossy.
std::string unescaped_quotes(std::string_view sentence) {
  const std::string quoted = with_each(reply(sentence), " yuan", " \"yuan\"");
  return with_each(with_each(quoted, "45.50元", "\"45.50\"元"), "\"Dining\",", "\"Dining\"");
}

using Make = std::string (*)(std::string_view);

void count_bytes(benchmark::State& state, std::size_t size) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * size));
}

void parse_record(benchmark::State& state, std::string_view sentence) {
  const std::string text = record(sentence);
  for (auto _ : state) benchmark::DoNotOptimize(json::parse(text));
  count_bytes(state, text.size());
}

void stream_records(benchmark::State& state, std::string_view sentence) {
  const std::string text = "[" + record(sentence) + "," + record(sentence) + "]";
  for (auto _ : state) {
    json::RecordReader reader;
    for (std::size_t at = 0; at < text.size(); at += 65536) {
      reader.feed(std::string_view(text).substr(at, 65536));
      while (auto next = reader.next()) benchmark::DoNotOptimize(next);
    }
    reader.finish();
  }
  count_bytes(state, text.size());
}

void write_record(benchmark::State& state, std::string_view sentence) {
  const json::Value value = json::parse(record(sentence)).value();
  std::string out;
  for (auto _ : state) {
    out.clear();
    json::Writer(out).value(value);
    benchmark::DoNotOptimize(out.data());
  }
  count_bytes(state, out.size());
}

void append_plain(benchmark::State& state, std::string_view sentence) {
  std::string text;
  while (text.size() < 4096) text += sentence;
  std::string out;
  for (auto _ : state) {
    out.clear();
    json::append_string(out, text);
    benchmark::DoNotOptimize(out.data());
  }
  count_bytes(state, text.size());
}

void check_utf8(benchmark::State& state, std::string_view sentence) {
  std::string text;
  while (text.size() < 65536) text += sentence;
  for (auto _ : state) benchmark::DoNotOptimize(valid_utf8(text));
  count_bytes(state, text.size());
}

void repair_reply(benchmark::State& state, Make make, std::string_view sentence) {
  const std::string text = make(sentence);
  for (auto _ : state) benchmark::DoNotOptimize(json::repair(text));
  count_bytes(state, text.size());
}

BENCHMARK_CAPTURE(parse_record, en, kEnglish);
BENCHMARK_CAPTURE(parse_record, zh, kChinese);
BENCHMARK_CAPTURE(stream_records, en, kEnglish);
BENCHMARK_CAPTURE(stream_records, zh, kChinese);
BENCHMARK_CAPTURE(write_record, en, kEnglish);
BENCHMARK_CAPTURE(write_record, zh, kChinese);
BENCHMARK_CAPTURE(append_plain, en, kEnglish);
BENCHMARK_CAPTURE(append_plain, zh, kChinese);
BENCHMARK_CAPTURE(check_utf8, en, kEnglish);
BENCHMARK_CAPTURE(check_utf8, zh, kChinese);

BENCHMARK_CAPTURE(repair_reply, reply_en, reply, kEnglish);
BENCHMARK_CAPTURE(repair_reply, reply_zh, reply, kChinese);
BENCHMARK_CAPTURE(repair_reply, fenced_en, fenced, kEnglish);
BENCHMARK_CAPTURE(repair_reply, fenced_zh, fenced, kChinese);
BENCHMARK_CAPTURE(repair_reply, trailing_commas_en, trailing_commas, kEnglish);
BENCHMARK_CAPTURE(repair_reply, trailing_commas_zh, trailing_commas, kChinese);
BENCHMARK_CAPTURE(repair_reply, smart_quotes_en, smart_quotes, kEnglish);
BENCHMARK_CAPTURE(repair_reply, smart_quotes_zh, smart_quotes, kChinese);
BENCHMARK_CAPTURE(repair_reply, single_quotes_en, single_quotes, kEnglish);
BENCHMARK_CAPTURE(repair_reply, single_quotes_zh, single_quotes, kChinese);
BENCHMARK_CAPTURE(repair_reply, truncated_en, truncated, kEnglish);
BENCHMARK_CAPTURE(repair_reply, truncated_zh, truncated, kChinese);
BENCHMARK_CAPTURE(repair_reply, unescaped_quotes_en, unescaped_quotes, kEnglish);
BENCHMARK_CAPTURE(repair_reply, unescaped_quotes_zh, unescaped_quotes, kChinese);

}  // namespace
