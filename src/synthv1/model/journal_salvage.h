// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"
#include "synthv1/model/journal_file.h"

#include <string>
#include <vector>

namespace synthv1 {

/// A journal that can be written, and a line each for what of it was damaged.
struct SoundJournal {
  JournalFile file;
  std::vector<std::string> remarks;
};

/// Opens a journal or begins one, as JournalFile::open(). Where its tables do not hold together any more,
/// what is whole moves to a new file and the damaged one stays beside it as "PATH.damaged". Where not even
/// that can be done, ErrorKind::disk says so and everything stays as it is.
Result<SoundJournal> open_sound_journal(const std::string& path);

/// Gives the journal at `path`, whatever its state, another name beside it: "PATH.old", "PATH.old2", ...
/// Returns that name; empty where there is no journal. ErrorKind::usage where another process writes it.
Result<std::string> set_journal_aside(const std::string& path, const std::string& ending);

}  // namespace synthv1
