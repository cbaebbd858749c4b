// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/journal_file.h"

#include <string>
#include <utility>
#include <vector>

namespace synthv1::test {

inline std::string key_of(int number) {
  return std::string(28, 'k') + std::string(reinterpret_cast<const char*>(&number), sizeof number);
}

/// Reply number `number` of a run.
inline KeptReply kept_reply(int number, std::string content = "hello") {
  return {.key = key_of(number),
          .purpose = "session",
          .record = 3,
          .index = static_cast<std::uint32_t>(number),
          .attempt = 1,
          .reply = {.content = std::move(content),
                    .finish_reason = "stop",
                    .model = "m",
                    .usage = {.prompt_tokens = 12, .completion_tokens = std::nullopt},
                    .latency = std::chrono::milliseconds(250)},
          .received_ms = 1'700'000'000'000 + number};
}

inline KeptVerdict kept_verdict(int number, bool accepted, std::string reason = "") {
  return {.key = key_of(number),
          .verdict = {.kind = accepted ? VerdictKind::accepted : VerdictKind::refused,
                      .refused_as = accepted ? "" : "faulty",
                      .reason = std::move(reason)},
          .checker = "0.1.0"};
}

/// A group of these replies, and verdicts if any.
inline JournalGroup group_of(std::vector<KeptReply> replies, std::vector<KeptVerdict> verdicts = {}) {
  JournalGroup group;
  group.replies = std::move(replies);
  group.verdicts = std::move(verdicts);
  return group;
}

}  // namespace synthv1::test
