// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"
#include "synthv1/model/refusal.h"
#include "synthv1/model/run_state.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

namespace synthv1 {

/// The request that follows these refusals. Its `attempt` is set by ask(), which also puts in the cure().
using MakeRequest = std::function<ChatRequest(const Refusals& refusals)>;
/// Looks at a reply with a good end: nothing where it is taken, else what is wrong with it.
using CheckReply = std::function<std::optional<std::string>(const ChatReply& reply)>;

enum class AskEnd : std::uint8_t {
  accepted,
  refused,  ///< `max_retries` was reached
  failed,   ///< this call cannot succeed, or failed six times in a row
  stopped,  ///< the run has ended, or the coroutine was cancelled
};

struct AskOutcome {
  AskEnd end = AskEnd::accepted;
  Refusals refusals;
  std::optional<ChatReply> reply;  ///< the last whole one, accepted or refused
  std::string
      message;  ///< one line, unless accepted: what was wrong with the last reply, or the call's failure
};

/// What is asked for, and what is made of the replies.
struct AskTask {
  std::uint32_t max_retries = 5;  ///< refused replies, after which the next one ends the asking
  MakeRequest make_request;
  CheckReply check_reply;
  /// Whether the caller goes on where the tries end, with what refused replies gave it: then a journal holds
  /// the matter settled.
  std::function<bool()> will_do;
};

/// The one retry loop. Asks until a reply is taken. A refused reply advances `attempt`; after more than
/// `max_retries` of them it ends. Where a journal gives back so many refused ones that no try is left, there
/// are `max_retries` further ones (one where that is 0), unless the matter was settled and still is. A failed
/// call has six tries, with a random pause of up to 0.5 s, 1 s, ... 8 s between; one that the endpoint asks
/// to wait (429, overload) is waited out and counts nothing. fatal_run ends all calls of `run`.
asio::awaitable<AskOutcome> ask(ChatModel& model, RunState& run, AskTask task);

}  // namespace synthv1
