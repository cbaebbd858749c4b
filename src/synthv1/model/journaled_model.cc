// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/journaled_model.h"

#include <map>

namespace synthv1 {

namespace {

constexpr std::uint64_t kMostFailures = 100;  ///< kept of one label

class JournaledModel final : public ChatModel {
 public:
  JournaledModel(std::unique_ptr<ChatModel> inner, Journal& journal, JournalingOptions options, Clock& clock)
      : inner_(std::move(inner)),
        journal_(journal),
        keys_(std::move(options.scope)),
        checker_(std::move(options.checker)),
        clock_(clock) {}

  asio::awaitable<std::expected<ChatReply, CallError>> call(const ChatRequest& request) override {
    std::string key = keys_.key(request);
    auto known = journal_.find(key);
    if (!known) co_return std::unexpected(journal_failure(std::move(known.error()), /*sent=*/false));
    if (*known) co_return given_back(std::move(**known));
    auto reply = co_await inner_->call(request);
    if (!reply) {
      note_failure(request, reply.error());
      co_return reply;
    }
    reply->key = std::move(key);
    Result<void> kept = co_await journal_.keep(row_of(request, *reply));
    if (!kept) co_return std::unexpected(journal_failure(std::move(kept.error()), /*sent=*/true));
    co_return reply;
  }

  void judged(const ChatRequest& request, const ChatReply& reply, const ReplyVerdict& verdict) override {
    journal_.note(KeptVerdict{.key = reply.key, .verdict = verdict, .checker = checker_});
    inner_->judged(request, reply, verdict);
  }

 private:
  ChatReply given_back(KeptRow row) const {
    ChatReply reply = std::move(row.reply.reply);
    reply.kept = true;
    if (row.verdict && row.verdict->checker == checker_) reply.verdict = std::move(row.verdict->verdict);
    return reply;
  }

  KeptReply row_of(const ChatRequest& request, const ChatReply& reply) const {
    return {.key = reply.key,
            .purpose = request.purpose,
            .record = request.record,
            .index = request.index,
            .attempt = request.attempt,
            .reply = reply,
            .received_ms = now_ms()};
  }

  void note_failure(const ChatRequest& request, const CallError& error) {
    if (!error.sent || ++failures_[error.label] > kMostFailures) return;
    journal_.note(KeptFailure{.purpose = request.purpose,
                              .record = request.record,
                              .index = request.index,
                              .attempt = request.attempt,
                              .label = error.label,
                              .message = error.raw.empty() ? error.message : error.raw,
                              .failed_ms = now_ms()});
  }

  std::int64_t now_ms() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(clock_.wall().time_since_epoch()).count();
  }

  static CallError journal_failure(Error error, bool sent) {
    const bool stopped = error.kind == ErrorKind::stopped;
    return {.kind = stopped ? CallClass::fatal_item : CallClass::fatal_run,
            .message = std::move(error.message),
            .label = stopped ? "cancelled" : std::string(kJournalFailed),
            .retry_after = {},
            .sent = sent};
  }

  std::unique_ptr<ChatModel> inner_;
  Journal& journal_;
  ReplyKeys keys_;
  std::string checker_;
  Clock& clock_;
  std::map<std::string, std::uint64_t, std::less<>> failures_;  ///< by label, in this start
};

}  // namespace

std::unique_ptr<ChatModel> with_journal(std::unique_ptr<ChatModel> inner, Journal& journal,
                                        JournalingOptions options, Clock& clock) {
  return std::make_unique<JournaledModel>(std::move(inner), journal, std::move(options), clock);
}

}  // namespace synthv1
