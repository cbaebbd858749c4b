// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/page_data.h"

#include "synthv1/base/text.h"
#include "synthv1/base/version.h"
#include "synthv1/report/json_figures.h"
#include "synthv1/report/statistics_json.h"

namespace synthv1 {

namespace {

using json::Writer;

/// Members of the object in hand.
void write_proportion(Writer& writer, const Proportion& answers) {
  const Interval interval = answers.interval();
  writer.key("asked").integer(answers.asked).key("correct").integer(answers.correct).key("share");
  write_decimal(writer, answers.share());
  writer.key("low");
  write_decimal(writer, interval.low);
  writer.key("high");
  write_decimal(writer, interval.high);
}

void write_categories(Writer& writer, const RunAccuracy& run) {
  writer.key("by_category").begin_array();
  for (const auto& [name, answers] : run.by_category) {
    writer.begin_object().key("name").string(name);
    write_proportion(writer, answers);
    writer.end_object();
  }
  writer.end_array();
}

/// Distances in the bins of the statistics: 0, 1, 2 to 3, 4 to 7, ...
std::map<std::int64_t, Proportion> binned(const std::map<std::int64_t, Proportion>& by_distance) {
  std::map<std::int64_t, Proportion> bins;
  for (const auto& [distance, answers] : by_distance) {
    std::int64_t from = 0;
    for (const std::int64_t edge : doubling_edges()) {
      if (edge <= distance) from = edge;
    }
    bins[from].asked += answers.asked;
    bins[from].correct += answers.correct;
  }
  return bins;
}

void write_distances(Writer& writer, const RunAccuracy& run) {
  writer.key("by_distance").begin_array();
  for (const auto& [from, answers] : binned(run.by_distance)) {
    writer.begin_object().key("from").integer(from).key("to").integer(from == 0 ? 1 : 2 * from);
    write_proportion(writer, answers);
    writer.end_object();
  }
  writer.end_array().key("without_distance").begin_object();
  write_proportion(writer, run.without_distance);
  writer.end_object();
}

void write_sessions(Writer& writer, const RunAccuracy& run) {
  writer.key("by_sessions").begin_array();
  for (const auto& [sessions, answers] : run.by_sessions) {
    writer.begin_object().key("sessions").integer(sessions);
    write_proportion(writer, answers);
    writer.end_object();
  }
  writer.end_array();
}

void write_run(Writer& writer, const RunAccuracy& run) {
  writer.begin_object().key("file").string(replace_invalid_utf8(run.file));
  writer.key("agent").string(run.names.agent).key("model").string(run.names.model);
  write_proportion(writer, run.strict);
  writer.key("tolerant").begin_object();
  write_proportion(writer, run.tolerant);
  writer.end_object().key("statuses").begin_object();
  for (const auto& [status, count] : run.statuses) writer.key(status).integer(count);
  writer.end_object();
  write_categories(writer, run);
  write_distances(writer, run);
  write_sessions(writer, run);
  writer.end_object();
}

}  // namespace

std::string page_data(const ReportContents& contents) {
  std::string text;
  Writer writer(text);
  writer.begin_object().key("version").string(kVersion).key("data_files").begin_array();
  for (const std::string& file : contents.data_files) writer.string(replace_invalid_utf8(file));
  writer.end_array().key("statistics");
  if (contents.statistics) {
    write_statistics(writer, *contents.statistics);
  } else {
    writer.null();
  }
  writer.key("runs").begin_array();
  for (const RunAccuracy& run : contents.runs) write_run(writer, run);
  writer.end_array().end_object();
  return text;
}

}  // namespace synthv1
