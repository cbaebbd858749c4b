// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/dataset/record.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace synthv1 {

/// A question as a file holds it; what is missing or could not be read is nothing.
struct StoredQuestion {
  std::optional<std::string> qid, query, answer, category;
  std::optional<std::string> template_query;  ///< nothing where `query` is the template
  std::optional<std::uint32_t> position;
  std::optional<QuestionSpec> spec;
  std::optional<std::vector<std::uint32_t>> evidence;
};

/// A transaction as a file holds it.
struct StoredTransaction {
  std::optional<Date> date;
  std::optional<PairId> pair;
  std::optional<Money> amount;  ///< positive
  std::optional<std::string> description;
  std::optional<std::uint32_t> session_index, turn;
};

/// What a record's metadata say of the record.
struct StatedMetadata {
  std::optional<std::uint32_t> num_sessions, num_turns, num_transactions;
  std::optional<Date> first_date, last_date;
  std::optional<std::vector<std::string>> scenes;
  std::optional<Money> total_amount;
  std::optional<Language> language;
  std::optional<std::uint64_t> seed;
  std::optional<std::string> model, version;
  std::vector<std::string> imperfections;
};

/// A record as a file holds it, at the places where it holds it: chunks[3] is chunks[3] of the file, readable
/// or not.
struct StoredRecord {
  std::optional<std::string> task_id;  ///< any text
  std::optional<std::string>
      id;  ///< eight hex digits, where task_id is of the form consumption_tracking_<id>
  std::vector<StoredQuestion> questions;
  std::vector<std::optional<std::string>> chunks;
  std::vector<StoredTransaction> transactions;
  StatedMetadata metadata;
  std::shared_ptr<const Catalogue>
      catalogue;  ///< whose scenes, subscenes and question types the record names; never null

  /// The record and where it comes from, where nothing of them is missing. The sessions' dates and the number
  /// of turns are the chunks'.
  std::optional<Record> to_record() const;
  std::optional<Provenance> provenance() const;
};

}  // namespace synthv1
