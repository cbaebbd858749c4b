// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/stored_record.h"

#include "synthv1/dataset/chunk_lines.h"

#include <algorithm>

namespace synthv1 {

namespace {

std::optional<Question> whole_question(const StoredQuestion& stored) {
  if (!stored.query || !stored.answer || !stored.category || !stored.position || !stored.spec ||
      !stored.evidence) {
    return std::nullopt;
  }
  return Question{.category = *stored.category,
                  .query = *stored.query,
                  .template_query = stored.template_query.value_or(""),
                  .answer = *stored.answer,
                  .position = *stored.position,
                  .spec = *stored.spec,
                  .evidence = *stored.evidence};
}

std::optional<Transaction> whole_transaction(const StoredTransaction& stored) {
  if (!stored.date || !stored.pair || !stored.amount || !stored.description) return std::nullopt;
  if (!stored.session_index || !stored.turn) return std::nullopt;
  return Transaction{.date = *stored.date,
                     .pair = *stored.pair,
                     .amount = *stored.amount,
                     .description = *stored.description,
                     .session_index = *stored.session_index,
                     .turn = *stored.turn};
}

/// Adds the chunk and, from its lines, its date and number of turns.
bool add_chunk(Record& record, const std::optional<std::string>& chunk) {
  if (!chunk) return false;
  const auto first = read_chunk_line(std::string_view(*chunk).substr(0, chunk->find('\n')));
  if (!first) return false;
  record.dates.push_back(first->date);
  record.num_turns += 1 + static_cast<std::uint32_t>(std::ranges::count(*chunk, '\n'));
  record.chunks.push_back(*chunk);
  return true;
}

/// Appends what `convert` makes of each element; false where it makes nothing of one.
template <class Stored, class Whole, class Convert>
bool convert_all(const std::vector<Stored>& stored, std::vector<Whole>& whole, const Convert& convert) {
  whole.reserve(stored.size());
  for (const Stored& element : stored) {
    auto converted = convert(element);
    if (!converted) return false;
    whole.push_back(std::move(*converted));
  }
  return true;
}

}  // namespace

std::optional<Record> StoredRecord::to_record() const {
  if (!id || chunks.empty()) return std::nullopt;
  Record record{.id = *id};
  for (const auto& chunk : chunks) {
    if (!add_chunk(record, chunk)) return std::nullopt;
  }
  if (!convert_all(questions, record.questions, whole_question)) return std::nullopt;
  if (!convert_all(transactions, record.transactions, whole_transaction)) return std::nullopt;
  record.imperfections = metadata.imperfections;
  return record;
}

std::optional<Provenance> StoredRecord::provenance() const {
  if (!metadata.language || !metadata.seed || !metadata.model || !metadata.version) return std::nullopt;
  return Provenance{.language = *metadata.language,
                    .seed = *metadata.seed,
                    .model = *metadata.model,
                    .version = *metadata.version};
}

}  // namespace synthv1
