// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/journal_file.h"

#include <set>
#include <string>

namespace synthv1::test {

/// The contents of the replies that a journal holds, whole and committed; none where there is no journal yet.
inline std::set<std::string> kept_contents(const std::string& path) {
  std::set<std::string> contents;
  if (auto file = JournalFile::open_to_read(path)) {
    file->read({.reply = [&](const KeptRow& row) { contents.insert(row.reply.reply.content); }});
  }
  return contents;
}

}  // namespace synthv1::test
