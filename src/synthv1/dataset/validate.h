// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_value.h"
#include "synthv1/dataset/fault.h"
#include "synthv1/dataset/known_catalogues.h"

#include <cstdint>
#include <memory>

namespace synthv1 {

/// What records held, as far as it could be read.
struct RecordCounts {
  std::uint64_t records = 0, sessions = 0, turns = 0, transactions = 0, questions = 0;

  RecordCounts& operator+=(const RecordCounts& other);
};

/// Re-proves the invariant of records from their JSON alone (docs/formats/dataset.md): every answer is what
/// its spec computes over the transactions, in SQL; every amount is stated by the user in the session it
/// belongs to; counts, order, forms and wordings hold. That task_ids are distinct over all records is left
/// to whoever sees them all. Not thread-safe.
class Validator {
 public:
  /// `given` is the catalogue of records that name none, and of those that name its hash; it must outlive
  /// this.
  explicit Validator(const Catalogue& given);
  Validator(Validator&&) noexcept;
  Validator& operator=(Validator&&) noexcept;
  ~Validator();

  /// Tells what is wrong with one record, and returns what it holds; nothing for what is no record.
  RecordCounts check(const json::Value& record, FaultSink& faults);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace synthv1
