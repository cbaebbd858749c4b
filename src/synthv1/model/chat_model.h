// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"
#include "synthv1/model/server_load.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

namespace synthv1 {

namespace asio = boost::asio;

/// One message of a chat: role is "system", "user" or "assistant".
struct ChatMessage {
  std::string role;
  std::string content;
};

/// What one call asks for. Everything in it shapes the reply.
struct ChatRequest {
  std::vector<ChatMessage> messages;
  std::string schema_name;       ///< name of the JSON schema that the reply must fit; empty: free text
  std::string schema;            ///< that schema, as JSON text (strict subset of OpenAI's structured output)
  std::uint32_t max_tokens = 0;  ///< 0: the server's own limit
  std::string purpose;           ///< "session" or "paraphrase"
  std::uint32_t record = 0;      ///< index of the record
  std::uint32_t index = 0;       ///< index of the session or batch in the record
  std::uint32_t attempt = 0;     ///< refused replies before this one; failures of transport do not count
};

/// Tokens as the endpoint counted them; unknown stays unknown.
struct Usage {
  std::optional<std::int64_t> prompt_tokens;
  std::optional<std::int64_t> completion_tokens;
};

/// A whole reply of a model.
struct ChatReply {
  std::string content;        ///< valid UTF-8
  std::string finish_reason;  ///< "stop", "length", ...; empty where the server gave none
  std::string model;          ///< the model that the server names; empty where it names none
  Usage usage;
  std::chrono::milliseconds latency{0};
  /// The server's quota is used up: nothing should be sent for so long.
  std::optional<std::chrono::milliseconds> quota_pause{};
  std::optional<ServerLoad> load{};  ///< as the response's headers say it
  bool kept = false;                 ///< out of a journal: no call was made
  bool judged = false;               ///< the journal has its verdict, too
};

/// What the caller's check made of a reply.
struct ReplyVerdict {
  bool accepted = false;
  std::string reason;  ///< of a refusal
};

/// What a failed call means for what comes next (`fatal_run`: every further call would fail the same way).
enum class CallClass : std::uint8_t {
  fatal_run,   ///< stop the run and say why
  fatal_item,  ///< this request cannot succeed; others may
  transient,   ///< try again after a pause; at most six tries a call
  capacity,    ///< 429 or overload: wait; counts nothing
};

struct CallError {
  CallClass kind = CallClass::transient;
  std::string message;  ///< one line: what the endpoint said and, if fatal, the cure
  std::string label;    ///< short name for counters: "429", "idle timeout"
  std::optional<std::chrono::milliseconds> retry_after;  ///< what the endpoint asked for
  bool sent = true;          ///< false: nothing was put on the wire, and the call counts nothing
  bool unreachable = false;  ///< no connection came about
};

/// A model that answers chats. Each call is one request on the wire. Wrappers (admission, journal, budget)
/// take one ChatModel and are one.
class ChatModel {
 public:
  virtual ~ChatModel() = default;
  virtual asio::awaitable<std::expected<ChatReply, CallError>> call(const ChatRequest& request) = 0;
  /// Told what came of the reply to `request`; wrappers pass it on to the journal.
  virtual void judged(const ChatRequest& /*request*/, const ReplyVerdict& /*verdict*/) {}
};

}  // namespace synthv1
