// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_value.h"
#include "synthv1/evaluate/agent.h"

#include <memory>
#include <string>

namespace synthv1 {

/// A line to a memory system from outside (docs/formats/agent.md). One thread.
class AgentLink {
 public:
  virtual ~AgentLink() = default;
  /// The messages from here on are of another record, the first a reset.
  virtual void begin_record() {}
  /// Sends one message, a JSON object, and returns the reply to it, any text. After an error the next message
  /// has to be that of another record. Cancelled: ErrorKind::stopped.
  virtual asio::awaitable<Result<std::string>> exchange(std::string message) = 0;
};

/// The memory of a record behind a line, which it gives back at its end. Sends the reset.
asio::awaitable<Result<std::unique_ptr<Memory>>> begin_outside(std::shared_ptr<AgentLink> link,
                                                               const EvalRecord& record);

}  // namespace synthv1
