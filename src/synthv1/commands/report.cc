// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/report.h"

#include "synthv1/commands/record_place.h"
#include "synthv1/commands/results_file.h"
#include "synthv1/dataset/read_record.h"
#include "synthv1/dataset/record_stream.h"
#include "synthv1/report/page.h"
#include "synthv1/report/statistics_collector.h"

#include <array>

#include <fmt/format.h>

namespace synthv1 {

namespace {

enum class FileKind { empty, data, run };

/// Goes through the files.
class ReportReader {
 public:
  ReportReader(const Catalogue& catalogue, Files& files, const std::stop_token& stop)
      : files_(files), stop_(stop), collector_(catalogue) {}

  Result<void> read(const std::string& path) {
    auto stream = RecordStream::open(files_, path);
    if (!stream) return std::unexpected(std::move(stream.error()));
    FileKind kind = FileKind::empty;
    while (true) {
      if (stop_.stop_requested()) return fail(ErrorKind::stopped, "stopped");
      const auto record = stream->next();
      if (!record) return std::unexpected(record.error());
      if (!*record) break;
      if (const auto added = add(path, **record, kind); !added) return added;
    }
    if (kind == FileKind::empty)
      return fail(ErrorKind::usage, fmt::format("{}: nothing in it: neither records nor results", path));
    if (kind == FileKind::data) return end_data(path, stream->bytes());
    return read_names(path);
  }

  ReportContents finish() {
    if (!contents_.data_files.empty()) contents_.statistics = collector_.finish();
    return std::move(contents_);
  }

 private:
  Result<void> add(const std::string& path, const json::Record& record, FileKind& kind) {
    const bool data = is_record(record.value), result = !data && is_result(record.value);
    const FileKind own = data ? FileKind::data : FileKind::run;
    if ((!data && !result) || (kind != FileKind::empty && kind != own))
      return fail(ErrorKind::usage, fmt::format("{}: {}", place_of(path, record), wanted(kind)));
    if (result && kind == FileKind::empty) contents_.runs.emplace_back().file = path;
    kind = own;
    if (data) {
      collector_.add(record.value);
    } else {
      contents_.runs.back().add(read_result(record.value));
    }
    return {};
  }

  static std::string_view wanted(FileKind kind) {
    constexpr std::array<std::string_view, 3> kWanted = {
        "neither a record (task_id, questions, chunks, metadata) nor a result of a run (qid, correct)",
        "no record, as those before it: no object with task_id, questions, chunks and metadata",
        "no result of a run, as those before it: no object with qid and correct"};
    return kWanted[static_cast<std::size_t>(kind)];
  }

  Result<void> end_data(const std::string& path, std::uint64_t bytes) {
    contents_.data_files.push_back(path);
    collector_.add_file(bytes);
    return {};
  }

  /// A summary that is not there leaves the run without names.
  Result<void> read_names(const std::string& path) {
    for (const std::string& beside : {summary_path(path), path + ".summary.json"}) {
      const auto text = files_.read(beside);
      if (!text) continue;
      const auto summary = json::parse(*text);
      if (!summary) return fail(ErrorKind::usage, fmt::format("{}: {}", beside, summary.error().describe()));
      contents_.runs.back().names = read_run_names(*summary);
      break;
    }
    return {};
  }

  Files& files_;
  const std::stop_token& stop_;
  StatisticsCollector collector_;
  ReportContents contents_;
};

}  // namespace

Result<ReportContents> read_report(std::span<const std::string> paths, const Catalogue& catalogue,
                                   Files& files, const std::stop_token& stop) {
  ReportReader reader(catalogue, files, stop);
  for (const std::string& path : paths) {
    if (const auto read = reader.read(path); !read) return std::unexpected(read.error());
  }
  return reader.finish();
}

Result<ReportSummary> write_report(std::span<const std::string> paths, const std::string& out,
                                   const Catalogue& catalogue, Files& files, const std::stop_token& stop) {
  if (const auto writable = files.check_writable(out); !writable) return std::unexpected(writable.error());
  const Result<ReportContents> contents = read_report(paths, catalogue, files, stop);
  if (!contents) return std::unexpected(contents.error());
  const std::string page = render_page(page_data(*contents));
  if (const auto done = files.write(out, page); !done) return std::unexpected(done.error());
  ReportSummary summary{.records = contents->statistics ? contents->statistics->records : 0,
                        .runs = contents->runs.size(),
                        .bytes = page.size()};
  for (const RunAccuracy& run : contents->runs) summary.results += run.strict.asked;
  return summary;
}

}  // namespace synthv1
