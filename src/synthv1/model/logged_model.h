// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/call_log.h"

#include <memory>

namespace synthv1 {

/// `inner` with each call, and what became of it, told to `log`. It changes none of them. Both must outlive
/// the result.
std::unique_ptr<ChatModel> with_log(ChatModel& inner, CallLog& log);

}  // namespace synthv1
