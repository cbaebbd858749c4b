// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/file.h"
#include "synthv1/evaluate/eval_record.h"

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace synthv1 {

/// The records that are evaluated, and which of their questions are asked.
struct EvalData {
  std::vector<EvalRecord> records;
  std::vector<std::vector<bool>> chosen;  ///< by record and question; all, until a sample is drawn
  std::string hash;                       ///< 16 hex digits over all that is shown and asked

  std::uint64_t num_questions() const;  ///< chosen ones
};

/// Reads all records of the files. ErrorKind::usage names the file, the record and the field that lacks, or
/// the question that stands there twice. `catalogue` is that of records that name none, and must outlive
/// them.
Result<EvalData> load_eval_data(std::span<const std::string> paths, const Catalogue& catalogue, Files& files,
                                const std::stop_token& stop = {});

/// Chooses `count` questions so that each category keeps its share (the largest remainders rounded up), drawn
/// by `seed`; all where there are no more.
void choose_stratified(EvalData& data, std::uint64_t count, std::uint64_t seed);

}  // namespace synthv1
