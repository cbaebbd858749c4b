// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/logged_model.h"

namespace synthv1 {

namespace {

class LoggedModel final : public ChatModel {
 public:
  LoggedModel(ChatModel& inner, CallLog& log) : inner_(inner), log_(log) {}

  asio::awaitable<std::expected<ChatReply, CallError>> call(const ChatRequest& request) override {
    log_.on_call(request);
    auto result = co_await inner_.call(request);
    if (result) {
      log_.on_reply(request, *result);
    } else {
      log_.on_failure(request, result.error());
    }
    co_return result;
  }

  void judged(const ChatRequest& request, const ChatReply& reply, const ReplyVerdict& verdict) override {
    log_.on_verdict(request, verdict);
    inner_.judged(request, reply, verdict);
  }

 private:
  ChatModel& inner_;
  CallLog& log_;
};

}  // namespace

std::unique_ptr<ChatModel> with_log(ChatModel& inner, CallLog& log) {
  return std::make_unique<LoggedModel>(inner, log);
}

}  // namespace synthv1
