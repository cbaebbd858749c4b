// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_value.h"
#include "synthv1/dataset/fault.h"
#include "synthv1/dataset/known_catalogues.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace synthv1 {

/// What records held, as far as it could be read.
struct RecordCounts {
  std::uint64_t records = 0, sessions = 0, turns = 0, transactions = 0, questions = 0;
};

/// Re-proves the invariant of records from their JSON alone (docs/formats/dataset.md): every answer is what
/// its spec computes over the transactions, in SQL; every amount is stated by the user in the session it
/// belongs to; counts, order, forms and wordings hold. Remembers the task_ids, which must be distinct over
/// all records it sees. Not thread-safe.
class Validator {
 public:
  /// `given` is the catalogue of records that name none, and of those that name its hash; it must outlive
  /// this.
  explicit Validator(const Catalogue& given);
  Validator(Validator&&) noexcept;
  Validator& operator=(Validator&&) noexcept;
  ~Validator();

  /// Tells what is wrong with one record. `name` is what later messages call it ("a.jsonl, record 3").
  void check(const json::Value& record, std::string_view name, FaultSink& faults);

  const RecordCounts& counts() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace synthv1
