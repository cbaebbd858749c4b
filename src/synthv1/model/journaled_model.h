// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"
#include "synthv1/model/clock.h"
#include "synthv1/model/journal.h"
#include "synthv1/model/reply_key.h"

#include <memory>
#include <string>
#include <string_view>

namespace synthv1 {

/// The label of the error that ends the run where a journal cannot be written.
inline constexpr std::string_view kJournalFailed = "journal";

struct JournalingOptions {
  JournalScope scope;
  std::string checker;  ///< the version of the caller's check, whose verdicts go into the journal
};

/// `inner` whose replies are durable in `journal` before they count. A reply that the journal holds already
/// is given back without a call, as `kept`. Where the journal fails, the call ends the run
/// (kJournalFailed). Of failed calls the first hundred of each label are kept, too. `journal` and `clock`
/// must outlive it.
std::unique_ptr<ChatModel> with_journal(std::unique_ptr<ChatModel> inner, Journal& journal,
                                        JournalingOptions options, Clock& clock);

}  // namespace synthv1
