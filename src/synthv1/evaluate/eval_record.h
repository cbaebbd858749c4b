// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/dataset/stored_record.h"
#include "synthv1/evaluate/due_answer.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// A question as evaluation puts it.
struct EvalQuestion {
  std::string qid, query, category;
  std::uint32_t position = 0;  ///< the chunk after which it is asked
  DueAnswer due;
  std::optional<QuestionSpec> spec;
  /// The chunks that the answer rests on, ascending, none after `position`; nothing where the data does not
  /// say.
  std::optional<std::vector<std::uint32_t>> evidence;

  /// How many chunks back the last evidence lies; nothing where there is none, or the data does not say.
  std::optional<std::uint32_t> distance() const;
};

/// A record as evaluation reads it.
struct EvalRecord {
  std::uint32_t index = 0;  ///< over all data
  std::string task_id;
  Language language = Language::english;
  std::vector<std::string> chunks;
  std::vector<EvalQuestion> questions;
  std::shared_ptr<const Catalogue> catalogue;  ///< whose scenes are meant; never null
};

/// The record with what evaluation needs: task_id, chunks, and of each question qid, query, answer and a
/// position within the chunks. ErrorKind::usage names the field that lacks. `index` is its number over all
/// data.
Result<EvalRecord> make_eval_record(const StoredRecord& stored, std::uint32_t index);

/// The date that a chunk begins with: "[2024-01-15] ..."; nothing where it does not.
std::optional<Date> date_of_chunk(std::string_view chunk);

}  // namespace synthv1
