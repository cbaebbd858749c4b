// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/eval_data.h"
#include "synthv1/evaluate/result_summary.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// The rows of a results file. ErrorKind::usage names the line that is none; a last line without its end,
/// which a crash left, is passed over.
Result<std::vector<ResultRow>> read_rows(Files& files, const std::string& path);

/// Scores the rows' answers anew against `data`. ErrorKind::usage where one is of no question of it.
Result<void> rescore_rows(std::vector<ResultRow>& rows, const EvalData& data);

using RowHearer = std::function<void(const ResultRow&)>;

/// Writes the rows that `each_row` tells its hearer of and, beside them, their summary; each file whole or
/// not at all.
Result<void> write_results(Files& files, const std::string& path,
                           const std::function<void(const RowHearer&)>& each_row, const std::string& summary);

/// What the summary beside `path` says that the run was, by today's scorer; nothing where there is no
/// summary. ErrorKind::usage where it is no JSON object.
Result<RunFacts> read_facts(Files& files, const std::string& path);

/// Where OUT.jsonl's summary stands: OUT.summary.json.
std::string summary_path(const std::string& out);

/// The results of a run: a row a question, added as they come, and in the order of the data once all are
/// there.
class ResultsFile {
 public:
  /// Takes over the rows that an earlier start left at `path`, but for errors, which are asked for again.
  /// ErrorKind::usage where they are another run's. With `fresh` they are set aside as PATH.old. `data` and
  /// `files` must outlive it.
  static Result<ResultsFile> open(Files& files, const std::string& path, std::string_view run,
                                  const EvalData& data, bool fresh);

  bool has(std::uint32_t record, std::uint32_t question) const { return rows_[record][question].has_value(); }
  std::uint64_t size() const { return size_; }
  /// Adds a row: to the file at once.
  Result<void> add(std::uint32_t record, std::uint32_t question, ResultRow row);

  /// Writes all rows in order, scored by today's scorer, and the summary beside them.
  Result<void> finish(const std::string& summary);
  /// Hears each row, in the order of the data.
  template <class See>
  void each(const See& see) const {
    for (const auto& record : rows_) {
      for (const auto& row : record) {
        if (row) see(*row);
      }
    }
  }

 private:
  ResultsFile(Files& files, std::string path, const EvalData& data);
  Result<void> take_over(std::string_view run);
  std::string text() const;

  Files* files_;
  std::string path_;
  const EvalData* data_;
  std::vector<std::vector<std::optional<ResultRow>>> rows_;  ///< by record and question
  std::uint64_t size_ = 0;
  std::unique_ptr<AppendFile> file_;  ///< from the first row on
};

}  // namespace synthv1
