// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/progress.h"

#include <vector>

namespace synthv1 {

/// Tells several listeners what it hears, in the order in which they were added.
class ProgressFan final : public Progress {
 public:
  /// `listener` must outlive this.
  void add(Progress& listener) { listeners_.push_back(&listener); }

  void begin(const RunOutline& outline) override { tell(&Progress::begin, outline); }
  void sessions_done(std::uint64_t count) override { tell(&Progress::sessions_done, count); }
  void paraphrases_done(std::uint64_t count) override { tell(&Progress::paraphrases_done, count); }
  void questions_done(std::uint64_t count) override { tell(&Progress::questions_done, count); }
  void evaluated_record() override { tell(&Progress::evaluated_record); }
  void record_done(const RecordSummary& summary) override { tell(&Progress::record_done, summary); }
  void note(std::string_view line) override { tell(&Progress::note, line); }
  void status(const RunStatus& status) override { tell(&Progress::status, status); }
  void ended(const RunEnd& end) override { tell(&Progress::ended, end); }

  void on_call(const ChatRequest& request) override { tell(&CallLog::on_call, request); }
  void on_reply(const ChatRequest& request, const ChatReply& reply) override {
    tell(&CallLog::on_reply, request, reply);
  }
  void on_failure(const ChatRequest& request, const CallError& error) override {
    tell(&CallLog::on_failure, request, error);
  }
  void on_verdict(const ChatRequest& request, const ReplyVerdict& verdict) override {
    tell(&CallLog::on_verdict, request, verdict);
  }

 private:
  template <class Event, class... What>
  void tell(Event event, const What&... what) {
    for (Progress* listener : listeners_) (listener->*event)(what...);
  }

  std::vector<Progress*> listeners_;
};

}  // namespace synthv1
