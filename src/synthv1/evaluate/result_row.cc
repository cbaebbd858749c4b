// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/result_row.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_write.h"
#include "synthv1/base/text.h"

#include <algorithm>
#include <charconv>
#include <span>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::size_t kLongestFault = 500;

std::string format_share(double share) { return fmt::format("{:.6g}", share); }

void write_number(json::Writer& writer, std::string_view name, const std::optional<std::int64_t>& number) {
  writer.key(name);
  number ? writer.integer(*number) : writer.null();
}

/// The share of `evidence` that is in `retrieved`.
std::optional<double> recall_of(const std::optional<std::vector<std::uint32_t>>& evidence,
                                const std::optional<std::vector<std::uint32_t>>& retrieved) {
  if (!evidence || evidence->empty() || !retrieved) return std::nullopt;
  const auto found = [&](std::uint32_t chunk) {
    return std::ranges::find(*retrieved, chunk) != retrieved->end();
  };
  return static_cast<double>(std::ranges::count_if(*evidence, found)) / static_cast<double>(evidence->size());
}

/// Reads the members of a row; the first that lacks or is of another type stays the error.
class RowReading {
 public:
  explicit RowReading(const json::Value& object) : object_(object) {}

  std::string text(std::string_view key) {
    const json::Value* value = object_.find(key);
    if (value == nullptr || !value->as_string()) return lacks<std::string>(key, "text");
    return std::string(*value->as_string());
  }
  bool truth(std::string_view key) {
    const json::Value* value = object_.find(key);
    if (value == nullptr || !value->as_bool()) return lacks<bool>(key, "true or false");
    return *value->as_bool();
  }
  /// Null and absent alike.
  std::optional<std::int64_t> maybe_number(std::string_view key) const {
    const json::Value* value = object_.find(key);
    return value == nullptr ? std::nullopt : value->as_int64();
  }
  std::optional<double> maybe_share(std::string_view key) const {
    const json::Value* value = object_.find(key);
    const auto text = value == nullptr ? std::nullopt : value->as_number();
    double share = 0;
    if (!text || std::from_chars(text->data(), text->data() + text->size(), share).ec != std::errc())
      return std::nullopt;
    return share;
  }
  std::optional<std::vector<std::uint32_t>> maybe_list(std::string_view key) const {
    const json::Value* value = object_.find(key);
    if (value == nullptr || value->as_array() == nullptr) return std::nullopt;
    std::vector<std::uint32_t> list;
    for (const json::Value& entry : *value->as_array())
      list.push_back(static_cast<std::uint32_t>(entry.as_int64().value_or(0)));
    return list;
  }
  std::int64_t number(std::string_view key) {
    const auto number = maybe_number(key);
    return number && *number >= 0 ? *number : lacks<std::int64_t>(key, "a whole number");
  }
  std::uint32_t small(std::string_view key) { return static_cast<std::uint32_t>(number(key)); }

  template <class Enum, std::size_t N>
  Enum choice(std::string_view key, const std::array<std::string_view, N>& names) {
    const std::string name = text(key);
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) return lacks<Enum>(key, "one of its names");
    return static_cast<Enum>(found - names.begin());
  }

  const std::string& fault() const { return fault_; }

 private:
  template <class T>
  T lacks(std::string_view key, std::string_view what) {
    if (fault_.empty()) fault_ = fmt::format("'{}' is not {}", key, what);
    return T();
  }

  const json::Value& object_;
  std::string fault_;
};

}  // namespace

ResultRow make_row(std::string_view run, const EvalRecord& record, std::uint32_t index,
                   const AgentAnswer& answer) {
  const EvalQuestion& question = record.questions[index];
  ResultRow row{.run = std::string(run),
                .task_id = record.task_id,
                .qid = question.qid,
                .category = question.category,
                .position = question.position,
                .num_chunks = static_cast<std::uint32_t>(record.chunks.size()),
                .distance = question.distance(),
                .due = question.due.text,
                .answer = replace_invalid_utf8(answer.raw),
                .fault = one_line(answer.fault, kLongestFault),
                .score = {.status = answer.status, .extracted = {}, .value = {}},
                .prompt_tokens = answer.usage.prompt_tokens,
                .completion_tokens = answer.usage.completion_tokens,
                .latency_ms = answer.latency.count(),
                .chunks_left_out = answer.chunks_left_out,
                .retrieved = answer.retrieved,
                .evidence_recall = recall_of(question.evidence, answer.retrieved)};
  rescore(row, question.due);
  return row;
}

void rescore(ResultRow& row, const DueAnswer& due) {
  row.due = due.text;
  row.score = score_answer(row.answer, row.score.status, due);
}

std::string format_row(const ResultRow& row) {
  std::string line;
  json::Writer writer(line);
  writer.begin_object().key("run").string(row.run);
  writer.key("task_id").string(row.task_id).key("qid").string(row.qid);
  writer.key("category").string(row.category).key("position").integer(row.position);
  writer.key("num_chunks").integer(row.num_chunks);
  write_number(writer, "distance", row.distance);
  writer.key("status").string(name_of(row.score.status)).key("correct").boolean(row.score.correct);
  writer.key("tolerant").boolean(row.score.tolerant);
  writer.key("f1").number(format_share(row.score.f1)).key("reason").string(name_of(row.score.reason));
  writer.key("due").string(row.due).key("value").string(row.score.value);
  writer.key("extracted").string(row.score.extracted).key("answer").string(row.answer);
  if (!row.fault.empty()) writer.key("fault").string(row.fault);
  write_number(writer, "prompt_tokens", row.prompt_tokens);
  write_number(writer, "completion_tokens", row.completion_tokens);
  writer.key("latency_ms").integer(row.latency_ms);
  writer.key("chunks_left_out").integer(row.chunks_left_out);
  if (row.retrieved) {
    writer.key("retrieved").begin_array();
    for (const std::uint32_t chunk : *row.retrieved) writer.integer(chunk);
    writer.end_array();
  }
  if (row.evidence_recall) writer.key("evidence_recall").number(format_share(*row.evidence_recall));
  writer.end_object();
  return line + "\n";
}

Result<ResultRow> parse_row(std::string_view line) {
  const auto value = json::parse(line);
  if (!value) return fail(ErrorKind::usage, value.error().describe());
  if (!value->is_object()) return fail(ErrorKind::usage, "it is no object");
  RowReading reading(*value);
  ResultRow row;
  row.run = reading.text("run");
  row.task_id = reading.text("task_id");
  row.qid = reading.text("qid");
  row.category = reading.text("category");
  row.position = reading.small("position");
  row.num_chunks = reading.small("num_chunks");
  if (const auto distance = reading.maybe_number("distance"))
    row.distance = static_cast<std::uint32_t>(*distance);
  row.score.status = reading.choice<AnswerStatus>("status", kAnswerStatusNames);
  row.score.correct = reading.truth("correct");
  row.score.tolerant = reading.truth("tolerant");
  row.score.f1 = reading.maybe_share("f1").value_or(row.score.correct ? 1 : 0);
  row.score.reason = reading.choice<ScoreReason>("reason", kScoreReasonNames);
  row.due = reading.text("due");
  row.score.value = reading.text("value");
  row.score.extracted = reading.text("extracted");
  row.answer = reading.text("answer");
  if (value->find("fault") != nullptr) row.fault = reading.text("fault");
  row.prompt_tokens = reading.maybe_number("prompt_tokens");
  row.completion_tokens = reading.maybe_number("completion_tokens");
  row.latency_ms = reading.number("latency_ms");
  row.chunks_left_out = reading.small("chunks_left_out");
  row.retrieved = reading.maybe_list("retrieved");
  row.evidence_recall = reading.maybe_share("evidence_recall");
  if (!reading.fault().empty()) return fail(ErrorKind::usage, reading.fault());
  return row;
}

}  // namespace synthv1
