// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/journal_file.h"

#include <cstdint>
#include <string>

namespace synthv1::cli {

/// Whether exported replies carry what the model wrote, and failures what the server sent instead.
enum class Contents : std::uint8_t { with, without };

/// What a journal holds as lines of JSON (docs/formats/journal.md), each with its line end.
std::string json_line(const JournalMeta& run);
std::string json_line(const KeptStart& start);
std::string json_line(const KeptRecord& record);
std::string json_line(const KeptFailure& failure, Contents contents);
std::string json_line(const KeptRow& row, Contents contents);

}  // namespace synthv1::cli
