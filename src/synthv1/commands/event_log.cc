// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/event_log.h"

#include "synthv1/base/text.h"
#include "synthv1/base/version.h"

#include <array>

#include <fmt/format.h>
#include <unistd.h>

namespace synthv1 {

namespace {

constexpr std::size_t kMostBuffered = 64 << 10;
constexpr std::size_t kLongestName = 60;
constexpr std::size_t kLongestText = 1000;
constexpr std::array<std::string_view, 4> kClassNames = {"fatal_run", "fatal_item", "transient", "capacity"};

void write_tokens(json::Writer& line, std::string_view name, const std::optional<std::int64_t>& tokens) {
  line.key(name);
  tokens ? line.integer(*tokens) : line.null();
}

}  // namespace

Result<std::unique_ptr<EventLog>> EventLog::open(Files& files, const std::string& path, Progress& notes,
                                                 WallClock clock) {
  auto file = files.open_append(path);
  if (!file) return std::unexpected(std::move(file.error()));
  return std::unique_ptr<EventLog>(new EventLog(std::move(*file), notes, std::move(clock)));
}

void EventLog::begin(const RunOutline& outline) {
  json::Writer line = begin_line("start");
  line.key("version").string(kVersion).key("pid").integer(::getpid());
  line.key("seed").integer(outline.seed);
  line.key("out").string(replace_invalid_utf8(outline.out));
  line.key("model").string(replace_invalid_utf8(outline.model));
  line.key("records").integer(outline.records);
  line.key("sessions").integer(outline.sessions);
  line.key("paraphrases").integer(outline.paraphrases);
  end_line(line);
}

void EventLog::record_done(const RecordSummary& summary) {
  json::Writer line = begin_line("record");
  line.key("record").integer(summary.index).key("task_id").string(summary.task_id);
  line.key("sessions").integer(summary.sessions);
  line.key("transactions").integer(summary.transactions);
  line.key("questions").integer(summary.questions);
  end_line(line);
}

void EventLog::note(std::string_view text) {
  json::Writer line = begin_line("note");
  line.key("text").string(one_line(text, kLongestText));
  end_line(line);
}

void EventLog::status(const RunStatus& status) {
  if (status.limit != latest_.limit) {
    json::Writer line = begin_line("limit");
    line.key("limit").integer(status.limit);
    end_line(line);
  }
  if (status.held_for.count() > 0 && latest_.held_for.count() == 0) {
    json::Writer line = begin_line("hold");
    line.key("ms").integer(status.held_for.count());
    end_line(line);
  }
  if (status.stage == RunStage::stopping && latest_.stage != RunStage::stopping) {
    json::Writer line = begin_line("stop");
    line.key("in_flight").integer(status.in_flight);
    end_line(line);
  }
  latest_ = status;
  flush();
}

void EventLog::ended(const RunEnd& end) {
  json::Writer line = begin_line("end");
  const CallCounters& calls = latest_.calls;
  line.key("state").string(kRunStageNames[static_cast<std::size_t>(end.stage)]);
  line.key("message").string(one_line(end.message, kLongestText));
  line.key("calls").integer(calls.calls);
  line.key("replies").integer(calls.replies);
  line.key("kept").integer(calls.kept);
  line.key("accepted").integer(calls.accepted);
  line.key("prompt_tokens").integer(calls.prompt_tokens);
  line.key("completion_tokens").integer(calls.completion_tokens);
  end_line(line);
  flush();
}

void EventLog::on_reply(const ChatRequest& request, const ChatReply& reply) {
  json::Writer line = begin_line("reply", request);
  line.key("finish_reason").string(one_line(reply.finish_reason, kLongestName));
  write_tokens(line, "prompt_tokens", reply.usage.prompt_tokens);
  write_tokens(line, "completion_tokens", reply.usage.completion_tokens);
  line.key("latency_ms").integer(reply.latency.count()).key("kept").boolean(reply.kept);
  end_line(line);
}

void EventLog::on_failure(const ChatRequest& request, const CallError& error) {
  json::Writer line = begin_line("failure", request);
  line.key("label").string(one_line(error.label, kLongestName));
  line.key("class").string(kClassNames[static_cast<std::size_t>(error.kind)]);
  line.key("sent").boolean(error.sent);
  if (error.retry_after) line.key("retry_after_ms").integer(error.retry_after->count());
  end_line(line);
}

void EventLog::on_verdict(const ChatRequest& request, const ReplyVerdict& verdict) {
  json::Writer line = begin_line("verdict", request);
  // The reason quotes the reply.
  line.key("verdict").string(name_of(verdict.kind));
  if (!verdict.refused_as.empty()) line.key("class").string(verdict.refused_as);
  end_line(line);
}

json::Writer EventLog::begin_line(std::string_view event) {
  json::Writer line(buffer_);
  line.begin_object().key("time").string(format_time(clock_())).key("event").string(event);
  return line;
}

json::Writer EventLog::begin_line(std::string_view event, const ChatRequest& request) {
  json::Writer line = begin_line(event);
  line.key("purpose").string(request.purpose).key("record").integer(request.record);
  line.key("index").integer(request.index).key("attempt").integer(request.attempt);
  return line;
}

void EventLog::end_line(json::Writer& line) {
  line.end_object();
  buffer_ += '\n';
  if (buffer_.size() >= kMostBuffered) flush();
}

void EventLog::flush() {
  if (buffer_.empty()) return;
  const Result<void> done = file_->append(buffer_);
  buffer_.clear();
  if (done || noted_) return;
  noted_ = true;
  notes_.note(done.error().message + "; the run goes on, and the log lacks lines");
}

}  // namespace synthv1
