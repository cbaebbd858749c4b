// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"
#include "synthv1/model/server_load.h"
#include "synthv1/model/shared_text.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

namespace synthv1 {

namespace asio = boost::asio;

/// One message of a chat: role is "system", "user" or "assistant".
struct ChatMessage {
  std::string role;
  std::string content;
  /// What stands before `content`; null: nothing. At most one message of a request has it.
  std::shared_ptr<const SharedText> before{};
};

/// What one call asks for. Everything in it shapes the reply.
struct ChatRequest {
  std::vector<ChatMessage> messages;
  std::string schema_name;       ///< name of the JSON schema that the reply must fit; empty: free text
  std::string schema;            ///< that schema, as JSON text (strict subset of OpenAI's structured output)
  std::uint32_t max_tokens = 0;  ///< 0: the server's own limit
  bool no_grammar = false;       ///< the schema is not sent, only meant
  double frequency_penalty = 0;  ///< as OpenAI's; 0 is not sent
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

/// What came of a reply.
enum class VerdictKind : std::uint8_t {
  accepted,
  refused,
  settled,  ///< refused, and what was asked for goes on without a better one: it is not asked again
};

inline constexpr std::array<std::string_view, 3> kVerdictNames = {"accepted", "refused", "settled"};
constexpr std::string_view name_of(VerdictKind kind) { return kVerdictNames[static_cast<std::size_t>(kind)]; }

/// What the caller's check made of a reply.
struct ReplyVerdict {
  VerdictKind kind = VerdictKind::refused;
  std::string refused_as{};  ///< the class of a refusal: "faulty", "cut off"; empty where accepted
  std::string reason{};      ///< of a refusal, one line
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
  std::optional<ServerLoad> load{};       ///< as the response's headers say it
  std::string key{};                      ///< its key in a journal; empty where there is none
  bool kept = false;                      ///< out of a journal: no call was made
  std::optional<ReplyVerdict> verdict{};  ///< of a kept one, where it was judged by the same check
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
  bool unreachable = false;  ///< no connection came about: capacity, until it has lasted too long
  std::string raw{};         ///< the first 2 KB of what the endpoint sent instead of a reply, valid UTF-8
};

/// Of a call that ended with the run before anything was sent.
inline CallError not_sent() {
  return {.kind = CallClass::fatal_item,
          .message = "stopped",
          .label = "cancelled",
          .retry_after = {},
          .sent = false};
}

/// A model that answers chats. Each call is one request on the wire. Wrappers (admission, journal, budget)
/// take one ChatModel and are one.
class ChatModel {
 public:
  virtual ~ChatModel() = default;
  virtual asio::awaitable<std::expected<ChatReply, CallError>> call(const ChatRequest& request) = 0;
  /// Told what came of a reply; wrappers pass it on to the journal.
  virtual void judged(const ChatRequest& /*request*/, const ChatReply& /*reply*/,
                      const ReplyVerdict& /*verdict*/) {}
};

}  // namespace synthv1
