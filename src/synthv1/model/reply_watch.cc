// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/reply_watch.h"

#include "synthv1/base/text.h"

#include <functional>

#include <fmt/format.h>

namespace synthv1 {

namespace {

/// No tokenizer packs our prompts (prose, JSON, Chinese) into fewer tokens than one for so many bytes.
constexpr std::int64_t kMostBytesOfAToken = 8;
constexpr std::size_t kMostModels = 20;        ///< names remembered
constexpr std::size_t kMostContents = 20'000;  ///< replies remembered: a cache shows early
constexpr std::size_t kLongestName = 100;

std::int64_t size_of(const ChatRequest& request) {
  std::size_t bytes = 0;
  for (const ChatMessage& message : request.messages)
    bytes += message.content.size() + (message.before ? message.before->size() : 0);
  return static_cast<std::int64_t>(bytes);
}

std::string without_folders(std::string_view name) { return lower_ascii(name.substr(name.rfind('/') + 1)); }

/// Whether `named` can be what a server calls the model `asked`: a dated version, a path or a file of it.
bool same_model(std::string_view asked, std::string_view named) {
  const std::string a = without_folders(asked), b = without_folders(named);
  return a.find(b) != std::string::npos || b.find(a) != std::string::npos;
}

}  // namespace

asio::awaitable<std::expected<ChatReply, CallError>> ReplyWatch::call(const ChatRequest& request) {
  auto reply = co_await inner_.call(request);
  if (reply && !reply->kept) look_at(request, *reply);
  co_return reply;
}

void ReplyWatch::look_at(const ChatRequest& request, const ChatReply& reply) {
  ++replies_;
  const std::int64_t bytes = size_of(request);
  const std::int64_t tokens = reply.usage.prompt_tokens.value_or(0);
  if (tokens > 0 && tokens * kMostBytesOfAToken < bytes) {
    if (cut_prompts_++ == 0) cut_example_ = fmt::format("{} tokens for {} bytes", tokens, bytes);
  }
  const bool other = !reply.model.empty() && !same_model(model_, reply.model);
  if (other && (other_models_.size() < kMostModels || other_models_.contains(reply.model))) {
    ++other_models_[reply.model];
  }
  const std::size_t content = std::hash<std::string>{}(reply.content);
  if (contents_.contains(content)) {
    ++repeated_;
  } else if (contents_.size() < kMostContents) {
    contents_.insert(content);
  }
}

std::vector<std::string> ReplyWatch::remarks() const {
  std::vector<std::string> remarks;
  if (cut_prompts_ > 0) {
    remarks.push_back(
        fmt::format("{} of {} prompts were cut by the server, it seems ({}): give it a longer context "
                    "(Ollama: num_ctx)",
                    cut_prompts_, replies_, cut_example_));
  }
  for (const auto& [name, count] : other_models_) {
    remarks.push_back(fmt::format("{} of {} replies came from the model '{}', not from '{}'", count, replies_,
                                  one_line(name, kLongestName), model_));
  }
  if (repeated_ > 0 && repeats_ == Repeats::odd) {
    remarks.push_back(
        fmt::format("{} of {} replies repeat an earlier one letter for letter: is there a cache before the "
                    "model, or a temperature of 0?",
                    repeated_, replies_));
  }
  return remarks;
}

}  // namespace synthv1
