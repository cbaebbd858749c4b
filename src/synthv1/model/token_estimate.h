// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace synthv1 {

/// Tokens of a text without its tokenizer: 0.7 for each Chinese character, a quarter for each other byte of
/// UTF-8.
double estimate_tokens(std::string_view text);

/// The same for all that a request sends: its messages and its schema.
double estimate_tokens(const ChatRequest& request);

/// Tokens of a call, in and out.
struct TokenCount {
  std::int64_t prompt = 0;
  std::int64_t completion = 0;

  std::int64_t total() const { return prompt + completion; }
  TokenCount& operator+=(const TokenCount& other) {
    prompt += other.prompt;
    completion += other.completion;
    return *this;
  }
};

/// Estimates that the endpoint's own counts correct as they come in. One thread.
class TokenEstimator {
 public:
  /// What a call is expected to take: the prompt by its text, the reply as long as replies of its purpose
  /// have been so far; before the first, half of max_tokens.
  TokenCount expected(const ChatRequest& request) const;
  /// The most that it can take, as far as max_tokens is obeyed.
  TokenCount most(const ChatRequest& request) const;
  /// What a call took: the endpoint's counts, and estimates from the texts where it gave none.
  TokenCount taken(const ChatRequest& request, const ChatReply& reply) const;
  /// Learns from a reply's counts, where it has any.
  void learn(const ChatRequest& request, const ChatReply& reply);

 private:
  struct Replies {
    double tokens = 0;
    double count = 0;
  };

  std::int64_t prompt_of(const ChatRequest& request) const;
  double correction() const;

  double estimated_ = 0;  ///< tokens of the prompts whose count is known, by estimate
  double counted_ = 0;    ///< and as the endpoint counted them
  std::map<std::string, Replies, std::less<>> replies_;  ///< by purpose
};

}  // namespace synthv1
