// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/stats.h"

#include "synthv1/commands/record_place.h"
#include "synthv1/dataset/read_record.h"
#include "synthv1/dataset/record_stream.h"
#include "synthv1/report/statistics_collector.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::string_view kNoRecord = "no object with task_id, questions, chunks and metadata";

Result<void> add_file(const std::string& path, Files& files, const std::stop_token& stop,
                      StatisticsCollector& collector) {
  auto stream = RecordStream::open(files, path);
  if (!stream) return std::unexpected(std::move(stream.error()));
  const std::uint64_t before = collector.records();
  while (true) {
    if (stop.stop_requested()) return fail(ErrorKind::stopped, "stopped");
    const auto record = stream->next();
    if (!record) return std::unexpected(record.error());
    if (!*record) break;
    if (!is_record((*record)->value))
      return fail(ErrorKind::usage, fmt::format("{}: no record: {}", place_of(path, **record), kNoRecord));
    collector.add((*record)->value);
  }
  if (collector.records() == before)
    return fail(ErrorKind::usage, fmt::format("{}: no record in it: {}", path, kNoRecord));
  collector.add_file(stream->bytes());
  return {};
}

}  // namespace

Result<Statistics> dataset_statistics(std::span<const std::string> paths, const Catalogue& catalogue,
                                      Files& files, const std::stop_token& stop) {
  StatisticsCollector collector(catalogue);
  for (const std::string& path : paths) {
    if (const auto added = add_file(path, files, stop, collector); !added)
      return std::unexpected(added.error());
  }
  return collector.finish();
}

}  // namespace synthv1
