// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/file.h"
#include "synthv1/base/json_write.h"
#include "synthv1/commands/progress.h"
#include "synthv1/commands/timestamp.h"

#include <memory>
#include <string>

namespace synthv1 {

/// Adds a line of JSON to a file for each event of a run (docs/formats/log.md): names and numbers, never what
/// was asked or answered. Lines reach the file several times a second. Where it cannot be written, lines are
/// lost, that is noted once, and the run goes on.
class EventLog final : public Progress {
 public:
  /// Opens the file for adding to; `notes` must outlive the log. ErrorKind::usage where it cannot be written.
  static Result<std::unique_ptr<EventLog>> open(Files& files, const std::string& path, Progress& notes,
                                                WallClock clock = wall_time);
  ~EventLog() override { flush(); }
  EventLog(const EventLog&) = delete;
  EventLog& operator=(const EventLog&) = delete;

  void begin(const RunOutline& outline) override;
  void sessions_done(std::uint64_t) override {}
  void paraphrases_done(std::uint64_t) override {}
  void record_done(const RecordSummary& summary) override;
  void note(std::string_view line) override;
  void status(const RunStatus& status) override;
  void ended(const RunEnd& end) override;

  void on_reply(const ChatRequest& request, const ChatReply& reply) override;
  void on_failure(const ChatRequest& request, const CallError& error) override;
  void on_verdict(const ChatRequest& request, const ReplyVerdict& verdict) override;

 private:
  EventLog(std::unique_ptr<AppendFile> file, Progress& notes, WallClock clock)
      : file_(std::move(file)), notes_(notes), clock_(std::move(clock)) {}

  /// Begins a line; to be followed by end_line().
  json::Writer begin_line(std::string_view event);
  json::Writer begin_line(std::string_view event, const ChatRequest& request);
  void end_line(json::Writer& line);
  void flush();

  std::unique_ptr<AppendFile> file_;
  Progress& notes_;
  WallClock clock_;
  std::string buffer_;  ///< lines that have not reached the file
  RunStatus latest_;
  bool noted_ = false;
};

}  // namespace synthv1
