// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/token_estimate.h"

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

ChatRequest request_of(std::string text, std::uint32_t max_tokens = 1000) {
  return {.messages = {{"user", std::move(text)}},
          .schema_name = "",
          .schema = "",
          .max_tokens = max_tokens,
          .purpose = "session"};
}

ChatReply reply_of(std::string content, Usage usage) {
  return {.content = std::move(content), .finish_reason = "stop", .model = "", .usage = usage};
}

TEST(EstimateTokens, TakesBytesByFourAndChineseCharactersApart) {
  EXPECT_DOUBLE_EQ(estimate_tokens(""), 0);
  EXPECT_DOUBLE_EQ(estimate_tokens("four byte"), 9 / 4.0);
  EXPECT_DOUBLE_EQ(estimate_tokens("午饭花了"), 4 * 0.7);
  EXPECT_DOUBLE_EQ(estimate_tokens("午饭 45.5 元"), 3 * 0.7 + 6 / 4.0);
}

TEST(EstimateTokens, CountsMessagesAndSchema) {
  ChatRequest request = request_of("1234");
  request.messages.push_back({"user", "5678"});
  request.schema = "12345678";
  EXPECT_DOUBLE_EQ(estimate_tokens(request), 4);
}

TEST(TokenEstimator, IsCorrectedByTheEndpointsCounts) {
  TokenEstimator estimator;
  const ChatRequest request = request_of(std::string(400, 'x'));
  EXPECT_EQ(estimator.expected(request).prompt, 100);
  EXPECT_EQ(estimator.expected(request).completion, 500);
  estimator.learn(request, reply_of("{}", {.prompt_tokens = 150, .completion_tokens = 300}));
  EXPECT_EQ(estimator.expected(request).prompt, 150);
  EXPECT_EQ(estimator.expected(request).completion, 300);
  EXPECT_EQ(estimator.most(request).total(), 1150);
}

TEST(TokenEstimator, TakesTheEndpointsCountsAndEstimatesWhatIsMissing) {
  const TokenEstimator estimator;
  const ChatRequest request = request_of(std::string(400, 'x'));
  const TokenCount counted =
      estimator.taken(request, reply_of("12345678", {.prompt_tokens = 7, .completion_tokens = 8}));
  EXPECT_EQ(counted.total(), 15);
  const TokenCount estimated = estimator.taken(request, reply_of("12345678", {}));
  EXPECT_EQ(estimated.prompt, 100);
  EXPECT_EQ(estimated.completion, 2);
}

TEST(TokenEstimator, AbsurdCountsDoNotRunAway) {
  TokenEstimator estimator;
  const ChatRequest request = request_of(std::string(400, 'x'));
  estimator.learn(request, reply_of("{}", {.prompt_tokens = 900'000'000, .completion_tokens = {}}));
  EXPECT_EQ(estimator.expected(request).prompt, 800);
  EXPECT_EQ(estimator.expected(request).completion, 500);
}

/// Texts are read in blocks; a character may lie across two.
TEST(EstimateTokens, IsTheSameWhereverACharacterLies) {
  for (std::size_t before = 0; before < 70; ++before) {
    const std::string text = std::string(before, 'a') + "账" + std::string(70 - before, 'b');
    EXPECT_DOUBLE_EQ(estimate_tokens(text), 0.7 + 0.25 * 70) << before;
  }
}

}  // namespace
}  // namespace synthv1
