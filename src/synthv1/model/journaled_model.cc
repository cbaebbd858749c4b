// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/journaled_model.h"

namespace synthv1 {

namespace {

class JournaledModel final : public ChatModel {
 public:
  JournaledModel(std::unique_ptr<ChatModel> inner, Journal& journal, JournalScope scope, std::string checker,
                 Clock& clock)
      : inner_(std::move(inner)),
        journal_(journal),
        scope_(std::move(scope)),
        checker_(std::move(checker)),
        clock_(clock) {}

  asio::awaitable<std::expected<ChatReply, CallError>> call(const ChatRequest& request) override {
    const std::string key = reply_key(scope_, request);
    auto known = journal_.find(key);
    if (!known) co_return std::unexpected(journal_failure(std::move(known.error()), /*sent=*/false));
    if (*known) co_return given_back(std::move(**known));
    auto reply = co_await inner_->call(request);
    if (!reply) co_return reply;
    Result<void> kept = co_await journal_.keep(row_of(key, request, *reply));
    if (!kept) co_return std::unexpected(journal_failure(std::move(kept.error()), /*sent=*/true));
    co_return reply;
  }

  void judged(const ChatRequest& request, const ReplyVerdict& verdict) override {
    journal_.judge({.key = reply_key(scope_, request),
                    .accepted = verdict.accepted,
                    .reason = verdict.reason,
                    .checker = checker_});
  }

 private:
  ChatReply given_back(KeptRow row) const {
    ChatReply reply = std::move(row.reply.reply);
    reply.kept = true;
    reply.judged = row.verdict && row.verdict->checker == checker_;
    return reply;
  }

  KeptReply row_of(std::string key, const ChatRequest& request, const ChatReply& reply) const {
    const std::chrono::milliseconds received = clock_.wall().time_since_epoch();
    return {.key = std::move(key),
            .purpose = request.purpose,
            .record = request.record,
            .index = request.index,
            .attempt = request.attempt,
            .reply = reply,
            .received_ms = received.count()};
  }

  static CallError journal_failure(Error error, bool sent) {
    const bool stopped = error.kind == ErrorKind::stopped;
    return {.kind = stopped ? CallClass::fatal_item : CallClass::fatal_run,
            .message = std::move(error.message),
            .label = stopped ? "cancelled" : "journal",
            .retry_after = {},
            .sent = sent};
  }

  std::unique_ptr<ChatModel> inner_;
  Journal& journal_;
  JournalScope scope_;
  std::string checker_;
  Clock& clock_;
};

}  // namespace

std::unique_ptr<ChatModel> with_journal(std::unique_ptr<ChatModel> inner, Journal& journal,
                                        JournalScope scope, std::string checker, Clock& clock) {
  return std::make_unique<JournaledModel>(std::move(inner), journal, std::move(scope), std::move(checker),
                                          clock);
}

}  // namespace synthv1
