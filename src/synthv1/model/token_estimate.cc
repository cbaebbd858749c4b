// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/token_estimate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace synthv1 {

namespace {

constexpr double kTokensAByte = 0.25;
constexpr double kTokensAChineseCharacter = 0.7;
constexpr int kBytesOfOne = 3;  ///< of a Chinese character (U+3000 to U+9FFF, full-width forms)

/// A server's count beyond this many times the estimate, either way, is nonsense.
constexpr double kMostCorrection = 8;

bool starts_chinese(unsigned char byte) { return (byte >= 0xE3 && byte <= 0xE9) || byte == 0xEF; }

/// Most texts hold few such characters: thirty-two bytes at a time say so.
std::int64_t count_chinese(std::string_view text) {
  using Words = std::array<std::uint64_t, 4>;
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  const auto count_in = [](std::string_view bytes) {
    return std::count_if(bytes.begin(), bytes.end(),
                         [](char c) { return starts_chinese(static_cast<unsigned char>(c)); });
  };
  std::int64_t count = 0;
  for (Words words{}; text.size() >= sizeof words; text.remove_prefix(sizeof words)) {
    std::memcpy(words.data(), text.data(), sizeof words);
    const bool ascii = ((words[0] | words[1] | words[2] | words[3]) & kHighBits) == 0;
    if (!ascii) count += count_in(text.substr(0, sizeof words));
  }
  return count + count_in(text);
}

std::int64_t whole(double tokens) { return static_cast<std::int64_t>(std::ceil(tokens)); }

}  // namespace

double estimate_tokens(std::string_view text) {
  const std::int64_t chinese = count_chinese(text);
  const auto others =
      std::max<std::int64_t>(static_cast<std::int64_t>(text.size()) - kBytesOfOne * chinese, 0);
  return kTokensAChineseCharacter * static_cast<double>(chinese) + kTokensAByte * static_cast<double>(others);
}

double estimate_tokens(const ChatRequest& request) {
  double tokens = estimate_tokens(request.schema);
  for (const ChatMessage& message : request.messages) {
    tokens += estimate_tokens(message.content);
    if (message.before) tokens += message.before->tokens();
  }
  return tokens;
}

double TokenEstimator::correction() const {
  if (estimated_ <= 0 || counted_ <= 0) return 1;
  return std::clamp(counted_ / estimated_, 1 / kMostCorrection, kMostCorrection);
}

std::int64_t TokenEstimator::prompt_of(const ChatRequest& request) const {
  return whole(estimate_tokens(request) * correction());
}

TokenCount TokenEstimator::expected(const ChatRequest& request) const {
  const auto known = replies_.find(request.purpose);
  const std::int64_t reply =
      known == replies_.end() ? request.max_tokens / 2 : whole(known->second.tokens / known->second.count);
  return {.prompt = prompt_of(request), .completion = reply};
}

TokenCount TokenEstimator::most(const ChatRequest& request) const {
  const std::int64_t reply = request.max_tokens != 0 ? request.max_tokens : expected(request).completion;
  return {.prompt = prompt_of(request), .completion = reply};
}

TokenCount TokenEstimator::taken(const ChatRequest& request, const ChatReply& reply) const {
  const auto& [prompt, completion] = reply.usage;
  return {.prompt = prompt ? *prompt : prompt_of(request),
          .completion = completion ? *completion : whole(estimate_tokens(reply.content))};
}

void TokenEstimator::learn(const ChatRequest& request, const ChatReply& reply) {
  if (const auto prompt = reply.usage.prompt_tokens; prompt && *prompt > 0) {
    estimated_ += estimate_tokens(request);
    counted_ += static_cast<double>(*prompt);
  }
  if (const auto completion = reply.usage.completion_tokens; completion && *completion > 0) {
    Replies& known = replies_[request.purpose];
    known.tokens += static_cast<double>(*completion);
    ++known.count;
  }
}

}  // namespace synthv1
