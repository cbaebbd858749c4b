// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/ledger/transaction.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

enum class Role : std::uint8_t { user, assistant };

/// One message: one line of a chunk.
struct Turn {
  Role role = Role::user;
  std::string content;  ///< valid UTF-8, no line break, not empty
};

/// One dated conversation and the transactions that the user states in it.
struct Session {
  std::vector<Turn> turns;
  std::vector<Transaction>
      transactions;  ///< in the order in which they are told; `turn` set by check_session
  std::vector<std::string> imperfections;  ///< soft faults that were accepted, for the record's metadata
};

/// The session as a chunk: a line a turn, `[2024-01-15] User said, "..."`, joined by newlines.
std::string make_chunk(Date date, const std::vector<Turn>& turns);

/// Appends what make_chunk returns.
void append_chunk(std::string& out, Date date, const std::vector<Turn>& turns);

/// The words that stand before the content in a chunk's line: `User said, "`.
std::string_view said_by(Role role);

}  // namespace synthv1
