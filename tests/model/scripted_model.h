// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"
#include "synthv1/net/await.h"

#include <functional>
#include <utility>
#include <vector>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

namespace synthv1::test {

using CallResult = std::expected<ChatReply, CallError>;

inline CallResult replied(std::string content, std::string finish_reason = "stop") {
  return ChatReply{.content = std::move(content), .finish_reason = std::move(finish_reason), .usage = {}};
}
inline CallResult failed(CallClass kind, std::string label = "500",
                         std::optional<std::chrono::milliseconds> retry_after = {}) {
  return std::unexpected(CallError{
      .kind = kind, .message = "failed: " + label, .label = std::move(label), .retry_after = retry_after});
}

/// A model whose n-th call gives the n-th result, and the last one from then on.
class ScriptedModel final : public ChatModel {
 public:
  explicit ScriptedModel(std::vector<CallResult> results) : results_(std::move(results)) {}

  asio::awaitable<CallResult> call(const ChatRequest& request) override {
    requests.push_back(request);
    if (on_call) on_call();
    co_await asio::post(co_await asio::this_coro::executor, net::kAwait);
    co_return results_[std::min(requests.size(), results_.size()) - 1];
  }

  std::vector<ChatRequest> requests;
  std::function<void()> on_call;

 private:
  std::vector<CallResult> results_;
};

}  // namespace synthv1::test
