// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"
#include "synthv1/model/clock.h"
#include "synthv1/model/journal.h"

#include <memory>
#include <string>

namespace synthv1 {

/// `inner` whose replies are durable in `journal` before they count. A reply that the journal holds already
/// is given back without a call, as `kept`. Where the journal fails, the call ends the run (label "journal").
/// `checker` is the version of the caller's check, whose verdicts go into the journal. `journal` and `clock`
/// must outlive it.
std::unique_ptr<ChatModel> with_journal(std::unique_ptr<ChatModel> inner, Journal& journal,
                                        JournalScope scope, std::string checker, Clock& clock);

}  // namespace synthv1
