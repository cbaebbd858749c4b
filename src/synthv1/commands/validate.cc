// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/validate.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/text.h"
#include "synthv1/dataset/read_record.h"

#include <numeric>
#include <vector>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::size_t kPiece = std::size_t{1} << 18;

/// Tells the listener of a record's faults, up to the limit of each kind, and counts them all.
class Tally : public FaultSink {
 public:
  Tally(ValidateListener& listener, const ValidateOptions& options, ValidateSummary& summary)
      : listener_(listener), options_(options), summary_(summary) {}

  void begin(RecordPlace place) { place_ = std::move(place); }

  void fault(Fault fault) override {
    if (summary_.faults[static_cast<std::size_t>(fault.kind)]++ < options_.faults_per_kind) {
      listener_.fault(place_, fault);
    }
  }
  void note(std::string text) override {
    ++summary_.notes;
    listener_.note(place_, text);
  }

 private:
  ValidateListener& listener_;
  const ValidateOptions& options_;
  ValidateSummary& summary_;
  RecordPlace place_;
};

/// Goes through the files, one record after the other.
class Validation {
 public:
  Validation(const Catalogue& catalogue, Files& files, ValidateListener& listener,
             const ValidateOptions& options, const std::stop_token& stop)
      : files_(files), stop_(stop), validator_(catalogue), tally_(listener, options, summary_) {}

  Result<ValidateSummary> run(std::span<const std::string> paths) {
    for (const std::string& path : paths) {
      if (auto done = read(path); !done) return std::unexpected(std::move(done.error()));
      ++summary_.files;
    }
    summary_.counts = validator_.counts();
    return summary_;
  }

 private:
  Result<void> read(const std::string& path) {
    auto file = files_.open_input(path);
    if (!file) return std::unexpected(std::move(file.error()));
    json::RecordReader reader;
    const std::uint64_t before = records_;
    for (bool more = true; more;) {
      if (stop_.stop_requested()) return fail(ErrorKind::stopped, "stopped");
      const Result<std::size_t> size = (*file)->read(piece_);
      if (!size) return std::unexpected(size.error());
      more = *size > 0;
      summary_.bytes += *size;
      if (more) reader.feed(std::string_view(piece_.data(), *size));
      if (!more) reader.finish();
      if (auto done = check_all(reader, path); !done) return done;
    }
    if (records_ > before) return {};
    return fail(
        ErrorKind::usage,
        fmt::format("{}: no record in it: no object with task_id, questions, chunks and metadata", path));
  }

  Result<void> check_all(json::RecordReader& reader, const std::string& path) {
    while (const auto record = reader.next()) {
      if (!*record) return fail(ErrorKind::usage, fmt::format("{}: {}", path, record->error().describe()));
      check(**record, path);
    }
    return {};
  }

  void check(const json::Record& record, const std::string& path) {
    const json::Value* task_id = record.value.find("task_id");
    const std::string_view id = task_id == nullptr ? "" : task_id->as_string().value_or("");
    tally_.begin({.file = path, .index = record.index, .line = record.line, .task_id = one_line(id, 60)});
    validator_.check(record.value, fmt::format("{}, record {}", path, record.index), tally_);
    if (is_record(record.value)) ++records_;
  }

  Files& files_;
  const std::stop_token& stop_;
  Validator validator_;
  ValidateSummary summary_;
  Tally tally_;
  std::vector<char> piece_ = std::vector<char>(kPiece);
  std::uint64_t records_ = 0;
};

}  // namespace

std::uint64_t ValidateSummary::num_faults() const {
  return std::accumulate(faults.begin(), faults.end(), std::uint64_t{0});
}

std::string describe(const RecordPlace& place, const Fault& fault) {
  std::string text = fmt::format("{}: record {}", place.file, place.index);
  if (!place.task_id.empty()) text.append(" (").append(place.task_id).append(")");
  if (!fault.field.empty()) text.append(": ").append(fault.field);
  return text.append(": ").append(fault.reason);
}

Result<ValidateSummary> validate(std::span<const std::string> paths, const Catalogue& catalogue, Files& files,
                                 ValidateListener& listener, const ValidateOptions& options,
                                 const std::stop_token& stop) {
  return Validation(catalogue, files, listener, options, stop).run(paths);
}

}  // namespace synthv1
