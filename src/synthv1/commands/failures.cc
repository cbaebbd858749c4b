// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/failures.h"

#include "synthv1/base/json_write.h"
#include "synthv1/base/text.h"
#include "synthv1/commands/record_place.h"
#include "synthv1/commands/results_file.h"
#include "synthv1/dataset/read_record.h"
#include "synthv1/dataset/record_stream.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

namespace synthv1 {

namespace {

std::unexpected<Error> wrong(std::string message) { return fail(ErrorKind::usage, std::move(message)); }

EvidenceLine evidence_line(const StoredRecord& record, std::uint32_t index) {
  EvidenceLine found{.transaction = index,
                     .date = {},
                     .scene = {},
                     .subscene = {},
                     .description = {},
                     .amount = {},
                     .chunk = {},
                     .turn = {},
                     .line = {}};
  if (index >= record.transactions.size()) return found;
  const StoredTransaction& transaction = record.transactions[index];
  found.date = transaction.date;
  if (transaction.pair) {
    found.scene = record.catalogue->scene_of(*transaction.pair).name;
    found.subscene = record.catalogue->pair(*transaction.pair).name;
  }
  found.description = transaction.description.value_or("");
  found.amount = transaction.amount;
  found.chunk = transaction.session_index;
  found.turn = transaction.turn;
  if (!found.chunk || *found.chunk >= record.chunks.size() || !record.chunks[*found.chunk]) return found;
  const std::vector<std::string_view> lines = split(*record.chunks[*found.chunk], '\n');
  if (found.turn && *found.turn < lines.size()) found.line = lines[*found.turn];
  return found;
}

WrongAnswer make_failure(const ResultRow& row, const StoredQuestion& question, const StoredRecord& record) {
  WrongAnswer failure{.row = row,
                      .query = question.query.value_or(""),
                      .template_query = question.template_query,
                      .due_now = {},
                      .evidence = {}};
  if (question.answer && *question.answer != row.due) failure.due_now = question.answer;
  if (!question.evidence) return failure;
  auto& lines = failure.evidence.emplace();
  for (const std::uint32_t index : *question.evidence) lines.push_back(evidence_line(record, index));
  return failure;
}

/// The files that the run's summary names.
Result<std::vector<std::string>> data_of_run(const std::string& run, Files& files) {
  auto facts = read_facts(files, run);
  if (!facts) return std::unexpected(facts.error());
  if (facts->files.empty())
    return wrong(fmt::format("{} does not name the data of the run: name it by --data", summary_path(run)));
  for (const std::string& path : facts->files) {
    if (path == "-") return wrong(fmt::format("{} was run on standard input: name the data by --data", run));
    if (files.open_input(path)) continue;
    return wrong(fmt::format("cannot read {}, the data that {} names: say by --data where it is", path,
                             summary_path(run)));
  }
  return std::move(facts->files);
}

/// Goes through results and data.
class FailureReader {
 public:
  FailureReader(const FailureOptions& options, const Catalogue& catalogue, Files& files,
                FailureListener& listener)
      : options_(options), catalogues_(catalogue), files_(files), listener_(listener) {}

  Result<FailureCounts> run(const std::stop_token& stop) {
    if (auto done = choose_rows(); !done) return std::unexpected(std::move(done.error()));
    if (wanted_.empty()) {
      listener_.begin(counts_);
      return counts_;
    }
    auto data = options_.data.empty() ? data_of_run(options_.run, files_) : options_.data;
    if (!data) return std::unexpected(std::move(data.error()));
    listener_.begin(counts_);
    for (const std::string& path : *data) {
      if (auto done = read_data(path, stop); !done) return std::unexpected(std::move(done.error()));
    }
    if (wanted_.empty()) return counts_;
    return wrong(fmt::format("record {} is not in {}: name the data of the run by --data",
                             one_line(wanted_.begin()->first), join(*data, ", ")));
  }

 private:
  Result<void> choose_rows() {
    auto rows = read_rows(files_, options_.run);
    if (!rows) return std::unexpected(std::move(rows.error()));
    std::set<std::string_view> categories;
    for (ResultRow& row : *rows) {
      if (!options_.category.empty() && row.category != options_.category) {
        categories.insert(row.category);
        continue;
      }
      ++counts_.questions;
      if (row.score.correct) continue;
      ++counts_.wrong;
      if (options_.limit > 0 && counts_.shown == options_.limit) continue;
      ++counts_.shown;
      wanted_[row.task_id].push_back(std::move(row));
    }
    if (counts_.questions > 0) return {};
    if (categories.empty()) return wrong(options_.run + ": there is no result in it");
    return wrong(fmt::format("{}: no question of category '{}'; there are {}", options_.run,
                             one_line(options_.category), fmt::join(categories, ", ")));
  }

  Result<void> read_data(const std::string& path, const std::stop_token& stop) {
    auto stream = RecordStream::open(files_, path);
    if (!stream) return std::unexpected(std::move(stream.error()));
    while (!wanted_.empty()) {
      if (stop.stop_requested()) return fail(ErrorKind::stopped, "stopped");
      const auto value = stream->next();
      if (!value) return std::unexpected(value.error());
      if (!*value) break;
      if (auto done = look_at((*value)->value); !done)
        return wrong(fmt::format("{}: {}", place_of(path, **value), done.error().message));
    }
    return {};
  }

  Result<void> look_at(const json::Value& value) {
    if (!is_record(value)) return wrong("no record: no object with task_id, questions, chunks and metadata");
    const json::Value* task_id = value.find("task_id");
    const auto rows = wanted_.find(std::string(task_id->as_string().value_or("")));
    if (rows == wanted_.end()) return {};
    FaultList faults;
    const StoredRecord record = read_record(value, catalogues_, faults);
    for (const ResultRow& row : rows->second) {
      const auto question = std::ranges::find(record.questions, row.qid, &StoredQuestion::qid);
      if (question == record.questions.end()) {
        return wrong(
            fmt::format("it has no question {}: name the data of the run by --data", one_line(row.qid)));
      }
      listener_.failure(make_failure(row, *question, record));
    }
    wanted_.erase(rows);
    return {};
  }

  const FailureOptions& options_;
  KnownCatalogues catalogues_;
  Files& files_;
  FailureListener& listener_;
  FailureCounts counts_;
  std::map<std::string, std::vector<ResultRow>, std::less<>> wanted_;  ///< by task_id
};

void write_number(json::Writer& writer, std::string_view name, const std::optional<std::uint32_t>& number) {
  writer.key(name);
  number ? writer.integer(*number) : writer.null();
}

void write_evidence(json::Writer& writer, const EvidenceLine& line) {
  writer.begin_object().key("transaction").integer(line.transaction);
  writer.key("date");
  line.date ? writer.string(format_date(*line.date)) : writer.null();
  writer.key("scene").string(line.scene).key("subscene").string(line.subscene);
  writer.key("amount");
  line.amount ? writer.number(format_money(*line.amount)) : writer.null();
  writer.key("description").string(line.description);
  write_number(writer, "chunk", line.chunk);
  write_number(writer, "turn", line.turn);
  writer.key("line").string(line.line).end_object();
}

}  // namespace

Result<FailureCounts> list_failures(const FailureOptions& options, const Catalogue& catalogue, Files& files,
                                    FailureListener& listener, const std::stop_token& stop) {
  return FailureReader(options, catalogue, files, listener).run(stop);
}

std::string format_failure(const WrongAnswer& failure) {
  const ResultRow& row = failure.row;
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("task_id").string(row.task_id).key("qid").string(row.qid);
  writer.key("category").string(row.category).key("position").integer(row.position);
  writer.key("num_chunks").integer(row.num_chunks);
  write_number(writer, "distance", row.distance);
  writer.key("question").string(failure.query);
  if (failure.template_query) writer.key("template").string(*failure.template_query);
  writer.key("due").string(row.due);
  if (failure.due_now) writer.key("due_now").string(*failure.due_now);
  writer.key("status").string(name_of(row.score.status)).key("reason").string(name_of(row.score.reason));
  writer.key("tolerant").boolean(row.score.tolerant).key("value").string(row.score.value);
  writer.key("extracted").string(row.score.extracted).key("answer").string(row.answer);
  if (!row.fault.empty()) writer.key("fault").string(row.fault);
  writer.key("chunks_left_out").integer(row.chunks_left_out).key("evidence");
  if (failure.evidence) {
    writer.begin_array();
    for (const EvidenceLine& line : *failure.evidence) write_evidence(writer, line);
    writer.end_array();
  } else {
    writer.null();
  }
  writer.end_object();
  return text + "\n";
}

}  // namespace synthv1
