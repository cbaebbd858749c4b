// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/progress_file.h"

#include "synthv1/base/json_write.h"
#include "synthv1/base/text.h"

#include <fmt/format.h>
#include <unistd.h>

namespace synthv1 {

namespace {

constexpr std::chrono::milliseconds kBetweenWrites{1000};

using Counts = std::map<std::string, std::uint64_t, std::less<>>;

void write_real(json::Writer& json, std::string_view name, const std::optional<double>& value, int decimals) {
  json.key(name);
  value ? json.number(fmt::format("{:.{}f}", *value, decimals)) : json.null();
}

void write_portion(json::Writer& json, std::string_view name, const Portion& portion) {
  json.key(name).begin_object();
  json.key("done").integer(portion.done);
  json.key("total").integer(portion.total);
  json.end_object();
}

void write_counts(json::Writer& json, std::string_view name, const Counts& counts) {
  json.key(name).begin_object();
  for (const auto& [what, count] : counts) json.key(one_line(what)).integer(count);
  json.end_object();
}

void write_calls(json::Writer& json, const RunStatus& status) {
  const CallCounters& calls = status.calls;
  json.key("in_flight").integer(status.in_flight);
  json.key("limit").integer(status.limit);
  json.key("waiting").integer(status.waiting);
  write_real(json, "held_seconds", std::chrono::duration<double>(status.held_for).count(), 3);
  json.key("calls").integer(calls.calls);
  json.key("replies").integer(calls.replies);
  json.key("kept").integer(calls.kept);
  json.key("accepted").integer(calls.accepted);
  write_counts(json, "refused", calls.refused);
  write_counts(json, "failures", calls.failures);
  json.key("tokens").begin_object();
  json.key("prompt").integer(calls.prompt_tokens).key("completion").integer(calls.completion_tokens);
  write_real(json, "per_second", status.tokens_per_second, 1);
  json.end_object();
}

void write_left(json::Writer& json, const BudgetLeft& left) {
  json.key("budget_left").begin_object();
  if (left.cost) write_real(json, "cost", left.cost, 6);
  if (left.tokens) json.key("tokens").integer(*left.tokens);
  if (left.requests) json.key("requests").integer(*left.requests);
  if (left.time) json.key("seconds").integer(left.time->count());
  json.end_object();
}

}  // namespace

ProgressFile::ProgressFile(Files& files, std::string path, Progress& notes, WallClock clock)
    : file_(files, std::move(path)), notes_(notes), clock_(std::move(clock)) {}

void ProgressFile::begin(const RunOutline& outline) {
  outline_ = outline;
  started_ = clock_();
}

void ProgressFile::status(const RunStatus& status) {
  const bool due =
      !latest_ || latest_->stage != status.stage || status.elapsed - written_at_ >= kBetweenWrites;
  latest_ = status;
  if (due) write();
  note_failure();
}

void ProgressFile::ended(const RunEnd& end) {
  if (!latest_) return;
  latest_->stage = end.stage;
  latest_->in_flight = latest_->waiting = 0;
  latest_->held_for = std::chrono::milliseconds(0);
  latest_->message = one_line(end.message, 1000);
  write();
  settle();
  note_failure();
}

void ProgressFile::write() {
  written_at_ = latest_->elapsed;
  file_.put(text());
}

void ProgressFile::note_failure() {
  const std::optional<Error> error = file_.take_error();
  if (!error || noted_) return;
  noted_ = true;
  notes_.note(error->message + "; the run goes on without it");
}

std::string ProgressFile::text() const {
  std::string text;
  json::Writer json(text, json::Writer::Style::pretty);
  const RunStatus& status = *latest_;
  json.begin_object();
  json.key("state").string(kRunStageNames[static_cast<std::size_t>(status.stage)]);
  json.key("pid").integer(::getpid());
  json.key("started").string(format_time(started_)).key("updated").string(format_time(clock_()));
  json.key("seed").integer(outline_.seed);
  json.key("out").string(replace_invalid_utf8(outline_.out));
  json.key("model").string(replace_invalid_utf8(outline_.model));
  write_portion(json, "records", status.records);
  write_portion(json, "sessions", status.sessions);
  write_portion(json, "paraphrases", status.paraphrases);
  write_portion(json, "questions", status.questions);
  write_calls(json, status);
  write_real(json, "cost", status.cost, 6);
  write_left(json, status.left);
  write_real(json, "seconds_elapsed", std::chrono::duration<double>(status.elapsed).count(), 3);
  json.key("seconds_left");
  status.time_left ? json.integer(status.time_left->count()) : json.null();
  json.key("message").string(status.message).end_object();
  return text + "\n";
}

}  // namespace synthv1
