// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/python_calls.h"
#include "synthv1/evaluate/agent.h"

#include <chrono>
#include <memory>

namespace synthv1::python {

/// How many records a memory system in Python holds side by side.
enum class Memories { one, many };

/// A memory system in Python. Its messages (docs/formats/agent.md) are events "agent": the number of the
/// memory on a line, then the message; the body of the answer is the reply. Where a memory is done with, an
/// event "forget" has its number. `calls` and `courier` outlive the agent.
std::unique_ptr<Agent> make_python_agent(PythonCalls& calls, Courier& courier, Memories memories,
                                         std::chrono::milliseconds patience);

}  // namespace synthv1::python
