// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace synthv1 {

/// What shapes every reply of a run, beside its request.
struct JournalScope {
  std::string endpoint;  ///< the base URL
  std::string model;
  double temperature = 0;
};

/// Makes the keys of a run's replies. One thread.
class ReplyKeys {
 public:
  explicit ReplyKeys(JournalScope scope) : scope_(std::move(scope)) {}

  /// A hash of everything that shapes the reply, and nothing else (no API key, no timeouts, no concurrency),
  /// behind the numbers of its record and of the session or batch. 32 bytes; keys of neighbours are
  /// neighbours, so that what is written together lies together in a journal's index.
  std::string key(const ChatRequest& request);

 private:
  /// What the requests of a purpose mostly share, hashed once: the first message and the schema.
  struct Shared {
    std::string first, schema;
    std::string digest;
  };
  const std::string& shared_digest(const ChatRequest& request);

  JournalScope scope_;
  std::map<std::string, Shared, std::less<>> shared_;  ///< by purpose, of the latest request
};

/// The number of the record that a key begins with.
std::uint32_t record_of_key(std::string_view key);

}  // namespace synthv1
