// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/dataset/dataset_writer.h"

#include <optional>
#include <string>

namespace synthv1 {

/// The output of a run that may fail half-way. Whole records of a failed run are kept as OUT.partial.jsonl:
/// lines go to OUT's temporary file, which then gets that name; for another layout they are gathered there
/// and made into OUT at the end. A run of one record, or to standard output, has nothing to keep.
class Spool {
 public:
  static Result<Spool> open(Files& files, const std::string& out, DatasetLayout layout,
                            std::uint32_t num_records);

  /// Takes away what killed runs have left of such an output.
  static void remove_abandoned(Files& files, const std::string& out);

  /// Where records are written, in order.
  DatasetWriter& writer() { return writer_; }

  /// Makes OUT out of the records written; returns its size in bytes.
  Result<std::uint64_t> finish();
  /// Keeps the records written (on a full disk those that reached it); returns `error` with a sentence that
  /// says where, or that nothing was whole.
  Error keep_partial(Error error);

 private:
  enum class Way { direct, lines, gathered };

  Spool(Files& files, std::string out, DatasetLayout layout, Way way, DatasetWriter writer);
  std::string partial() const { return partial_of(out_); }
  static std::string partial_of(const std::string& out) { return out + ".partial.jsonl"; }
  Result<std::uint64_t> finish_lines();
  Result<std::uint64_t> finish_gathered();
  Result<std::uint64_t> make_out();
  Result<std::string> keep_whole();
  Result<void> copy_records(DatasetWriter& target);

  Files& files_;
  std::string out_;
  DatasetLayout layout_;
  Way way_;
  DatasetWriter writer_;
};

}  // namespace synthv1
