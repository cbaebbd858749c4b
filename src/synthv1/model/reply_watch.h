// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"

#include <cstdint>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

namespace synthv1 {

/// What replies that are the same letter for letter say.
enum class Repeats : std::uint8_t {
  odd,       ///< replies that are the same letter for letter are worth a remark
  expected,  ///< as where answers are short
};

/// A model whose replies are looked at for what no single one shows to be wrong: prompts that the server cut
/// without a word, replies of another model, replies that repeat each other. It changes none of them.
class ReplyWatch final : public ChatModel {
 public:
  /// `inner` must outlive this. `model` is the one asked for.
  ReplyWatch(ChatModel& inner, std::string model, Repeats repeats = Repeats::odd)
      : inner_(inner), model_(std::move(model)), repeats_(repeats) {}

  asio::awaitable<std::expected<ChatReply, CallError>> call(const ChatRequest& request) override;
  void judged(const ChatRequest& request, const ChatReply& reply, const ReplyVerdict& verdict) override {
    inner_.judged(request, reply, verdict);
  }

  /// One line each for what the user should know of, with the cure; none where all is well.
  std::vector<std::string> remarks() const;

 private:
  void look_at(const ChatRequest& request, const ChatReply& reply);

  ChatModel& inner_;
  std::string model_;
  Repeats repeats_;
  std::uint64_t replies_ = 0;
  std::uint64_t cut_prompts_ = 0;
  std::string cut_example_;                            ///< "2048 tokens for 30211 bytes"
  std::map<std::string, std::uint64_t> other_models_;  ///< and how many replies each gave
  std::unordered_set<std::size_t> contents_;           ///< hashes of the first replies' contents
  std::uint64_t repeated_ = 0;
};

}  // namespace synthv1
