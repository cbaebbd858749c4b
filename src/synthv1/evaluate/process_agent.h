// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/agent.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace synthv1 {

struct ProcessAgentOptions {
  std::string command;                         ///< run by /bin/sh
  std::uint32_t processes = 1;                 ///< side by side, each with a record of its own
  std::chrono::milliseconds timeout{600'000};  ///< for one reply
};

/// A memory system that is a program: the messages of docs/formats/agent.md, a line each, on its standard
/// input, the replies on its standard output. A program that ended, or was too slow, is started anew for the
/// next record.
std::unique_ptr<Agent> make_process_agent(asio::any_io_executor executor, ProcessAgentOptions options);

}  // namespace synthv1
