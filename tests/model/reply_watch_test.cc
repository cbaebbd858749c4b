// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/reply_watch.h"

#include "tests/model/scripted_model.h"
#include "tests/support/run_coroutine.h"

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// The remarks after a prompt of so many bytes was sent for each of the replies.
std::vector<std::string> remarks(const std::vector<ChatReply>& replies, std::size_t prompt_bytes = 8'000) {
  ScriptedModel model(std::vector<CallResult>(replies.begin(), replies.end()));
  ReplyWatch watch(model, "Qwen/Qwen3-8B");
  asio::io_context io;
  const ChatRequest request{.messages = {{"user", std::string(prompt_bytes, 'x')}}};
  for (const ChatReply& reply : replies) {
    EXPECT_EQ(run_coroutine(io, watch.call(request))->content, reply.content);
    io.restart();
  }
  return watch.remarks();
}

ChatReply reply(std::string content, std::int64_t prompt_tokens = 2'000,
                std::string model = "Qwen/Qwen3-8B") {
  return {
      .content = std::move(content), .model = std::move(model), .usage = {.prompt_tokens = prompt_tokens}};
}

TEST(ReplyWatch, IsSilentWhereAllIsWell) {
  EXPECT_THAT(remarks({}), IsEmpty());
  EXPECT_THAT(remarks({reply("a"), reply("b", 1'000), reply("c")}), IsEmpty());
  EXPECT_THAT(remarks({reply("a"), {.content = "no usage, no model"}}), IsEmpty());
}

TEST(ReplyWatch, T78NoticesPromptsThatWereCut) {
  EXPECT_THAT(
      remarks({reply("a"), reply("b", 999), reply("c", 512)}),
      ElementsAre(HasSubstr("2 of 3 prompts were cut by the server, it seems (999 tokens for 8000 bytes)")));
}

TEST(ReplyWatch, T79NoticesAnotherModel) {
  EXPECT_THAT(remarks({reply("a", 2'000, "llama-3"), reply("b"), reply("c", 2'000, "llama-3")}),
              ElementsAre("2 of 3 replies came from the model 'llama-3', not from 'Qwen/Qwen3-8B'"));
}

TEST(ReplyWatch, T79TakesVersionsAndPathsOfTheModelForIt) {
  for (const char* name : {"qwen/qwen3-8b", "Qwen3-8B", "/models/Qwen/Qwen3-8B", "Qwen/Qwen3-8B-2026-01-01",
                           "qwen3-8b-q4_k_m.gguf"}) {
    EXPECT_THAT(remarks({reply("a", 2'000, name)}), IsEmpty()) << name;
  }
}

TEST(ReplyWatch, T80CountsRepliesThatRepeatEachOther) {
  EXPECT_THAT(remarks({reply("a"), reply("b"), reply("a"), reply("a")}),
              ElementsAre(HasSubstr("2 of 4 replies repeat an earlier one letter for letter")));
}

}  // namespace
}  // namespace synthv1::test
