// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"

namespace synthv1 {

/// Hears what becomes of each call. One thread.
class CallLog {
 public:
  virtual ~CallLog() = default;
  /// A call begins; on_reply() or on_failure() ends it.
  virtual void on_call(const ChatRequest& /*request*/) {}
  virtual void on_reply(const ChatRequest& /*request*/, const ChatReply& /*reply*/) {}
  virtual void on_failure(const ChatRequest& /*request*/, const CallError& /*error*/) {}
  /// What the caller's check made of the reply to `request`.
  virtual void on_verdict(const ChatRequest& /*request*/, const ReplyVerdict& /*verdict*/) {}
};

}  // namespace synthv1
