// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"

#include <cstdint>
#include <memory>

namespace synthv1 {

/// `inner` with at most `limit` (at least 1) calls in flight; others wait, first come first served.
/// Cancelling a call that waits takes it out of the line (CallError label "cancelled").
std::unique_ptr<ChatModel> with_admission(std::unique_ptr<ChatModel> inner, std::uint32_t limit);

}  // namespace synthv1
