// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/validate.h"

#include "synthv1/base/cores.h"
#include "synthv1/base/text.h"
#include "synthv1/commands/record_checks.h"
#include "synthv1/dataset/record_stream.h"

#include <deque>
#include <future>
#include <numeric>
#include <unordered_map>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::size_t kRecordsAhead = 3;  ///< read before the first of them is told of, for each thread

/// Goes through the files; tells what the checks found in the order of the records.
class Validation {
 public:
  Validation(const Catalogue& catalogue, Files& files, ValidateListener& listener,
             const ValidateOptions& options, const std::stop_token& stop)
      : files_(files),
        listener_(listener),
        options_(options),
        stop_(stop),
        threads_(options.threads > 0 ? options.threads : usable_cores()),
        checks_(catalogue, threads_, options.faults_per_kind) {}

  Result<ValidateSummary> run(std::span<const std::string> paths) {
    for (const std::string& path : paths) {
      const std::uint64_t before = summary_.counts.records;
      const Result<void> done = read(path);
      while (!under_way_.empty()) tell_first();
      if (!done) return std::unexpected(done.error());
      if (summary_.counts.records == before) return no_record(path);
      ++summary_.files;
    }
    return summary_;
  }

 private:
  /// A record whose check has begun.
  struct UnderWay {
    RecordPlace place;
    std::future<CheckedRecord> checked;
  };

  static std::unexpected<Error> no_record(const std::string& path) {
    return fail(ErrorKind::usage, fmt::format("{}: no record in it: no object with task_id, questions, "
                                              "chunks and metadata",
                                              path));
  }

  Result<void> read(const std::string& path) {
    auto stream = RecordStream::open(files_, path);
    if (!stream) return std::unexpected(std::move(stream.error()));
    while (true) {
      if (stop_.stop_requested()) return fail(ErrorKind::stopped, "stopped");
      auto record = stream->next();
      if (!record) return std::unexpected(std::move(record.error()));
      if (!*record) break;
      begin_check(std::move(**record), path);
    }
    summary_.bytes += stream->bytes();
    return {};
  }

  void begin_check(json::Record record, const std::string& path) {
    if (under_way_.size() >= kRecordsAhead * threads_) tell_first();
    RecordPlace place{.file = path, .index = record.index, .line = record.line, .task_id = {}};
    under_way_.push_back({std::move(place), checks_.begin(std::move(record))});
  }

  /// Waits for the first record under way and tells what was found in it.
  void tell_first() {
    RecordPlace place = std::move(under_way_.front().place);
    std::future<CheckedRecord> future = std::move(under_way_.front().checked);
    under_way_.pop_front();
    CheckedRecord checked = future.get();
    place.task_id = one_line(checked.task_id, 60);
    check_task_id(place, checked);
    summary_.counts += checked.counts;
    summary_.notes += checked.notes.size();
    for (const Fault& fault : checked.faults) {
      if (told_[static_cast<std::size_t>(fault.kind)]++ < options_.faults_per_kind)
        listener_.fault(place, fault);
    }
    for (const std::string& note : checked.notes) listener_.note(place, note);
    for (std::size_t kind = 0; kind < kNumFaultKinds; ++kind)
      summary_.faults[kind] += checked.num_faults[kind];
  }

  void check_task_id(const RecordPlace& place, CheckedRecord& checked) {
    if (checked.counts.records == 0 || checked.task_id.empty()) return;
    const auto [same, fresh] =
        task_ids_.try_emplace(checked.task_id, fmt::format("{}, record {}", place.file, place.index));
    if (fresh) return;
    ++checked.num_faults[static_cast<std::size_t>(FaultKind::duplicate)];
    checked.faults.push_back(
        {FaultKind::duplicate, "task_id", fmt::format("the task_id of {}", same->second)});
  }

  Files& files_;
  ValidateListener& listener_;
  const ValidateOptions& options_;
  const std::stop_token& stop_;
  ValidateSummary summary_;
  std::array<std::uint64_t, kNumFaultKinds> told_{};       ///< faults offered to the listener, by FaultKind
  std::unordered_map<std::string, std::string> task_ids_;  ///< and the record that has it
  std::uint32_t threads_;
  RecordChecks checks_;
  std::deque<UnderWay> under_way_;
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
