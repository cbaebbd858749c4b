// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/compare.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_write.h"
#include "synthv1/base/text.h"
#include "synthv1/commands/results_file.h"

#include <unordered_map>

#include <fmt/format.h>

namespace synthv1 {

namespace {

using RowsByQuestion = std::unordered_map<std::string, const ResultRow*>;

std::string key_of(const ResultRow& row) { return question_key(row.task_id, row.qid); }

Result<RowsByQuestion> index_rows(const std::string& path, std::span<const ResultRow> rows) {
  if (rows.empty()) return fail(ErrorKind::usage, path + ": there is no result in it");
  RowsByQuestion index;
  for (const ResultRow& row : rows) {
    if (index.emplace(key_of(row), &row).second) continue;
    return fail(ErrorKind::usage, fmt::format("{}: question {} of {} stands there twice", path,
                                              one_line(row.qid), one_line(row.task_id)));
  }
  return index;
}

/// What the summary beside a run says of it; nothing where there is none, as beside a run that has not ended.
Result<ComparedRun> describe_run(const std::string& path, Files& files) {
  ComparedRun run{.file = replace_invalid_utf8(path), .agent = {}, .model = {}, .data = {}, .scorer = {}};
  const auto text = files.read(summary_path(path));
  if (!text) return run;
  const auto summary = json::parse(*text);
  if (!summary)
    return fail(ErrorKind::usage, fmt::format("{}: {}", summary_path(path), summary.error().describe()));
  const auto said = [&](std::string_view name) {
    const json::Value* value = summary->find(name);
    return std::string(value == nullptr ? "" : value->as_string().value_or(""));
  };
  run.agent = said("agent");
  run.model = said("model");
  run.data = said("data");
  run.scorer = said("scorer");
  return run;
}

/// The runs' results, and what is counted of them.
class Comparing {
 public:
  explicit Comparing(Files& files) : files_(files) {}

  Result<Comparison> run(std::span<const std::string> paths) {
    for (const std::string& path : paths) {
      if (auto done = read(path); !done) return std::unexpected(std::move(done.error()));
    }
    comparison_.all.resize(paths.size());
    other_answer_.resize(paths.size());
    for (const ResultRow& row : rows_.front()) count(row);
    if (comparison_.questions == 0) {
      return fail(
          ErrorKind::usage,
          fmt::format("no question is in all of {}: were they run on the same data?", join(paths, ", ")));
    }
    warn();
    return std::move(comparison_);
  }

 private:
  Result<void> read(const std::string& path) {
    auto rows = read_rows(files_, path);
    if (!rows) return std::unexpected(std::move(rows.error()));
    auto run = describe_run(path, files_);
    if (!run) return std::unexpected(std::move(run.error()));
    run->questions = rows->size();
    rows_.push_back(std::move(*rows));
    auto index = index_rows(path, rows_.back());
    if (!index) return std::unexpected(std::move(index.error()));
    indexes_.push_back(std::move(*index));
    comparison_.runs.push_back(std::move(*run));
    return {};
  }

  /// Counts a question of the base, if all runs have it.
  void count(const ResultRow& base) {
    std::vector<const ResultRow*> found;
    const std::string key = key_of(base);
    for (const RowsByQuestion& index : indexes_) {
      const auto row = index.find(key);
      if (row == index.end()) return;
      found.push_back(row->second);
    }
    ++comparison_.questions;
    auto& category = comparison_.by_category[base.category];
    category.resize(found.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      for (RunScore* score : {&comparison_.all[i], &category[i]}) {
        score->tally.add(found[i]->score);
        score->against_base.add(base.score.correct, found[i]->score.correct);
      }
      if (found[i]->due != base.due) ++other_answer_[i];
    }
  }

  void warn() {
    const ComparedRun& base = comparison_.runs.front();
    for (std::size_t i = 0; i < comparison_.runs.size(); ++i) {
      const ComparedRun& run = comparison_.runs[i];
      if (run.scorer.empty())
        add_warning("{}: no {} says of which data and by which scorer it is", run.file,
                    summary_path(run.file));
      if (run.agent == "recurrent_aware")
        add_warning("{}: its agent knew the question while it read; others do not", run.file);
      if (differ(run.data, base.data))
        add_warning("{} was run on other data ({}) than {} ({})", run.file, one_line(run.data), base.file,
                    one_line(base.data));
      if (other_answer_[i] > 0)
        add_warning("{}: another answer is due than in {} to {}", run.file, base.file,
                    counted(other_answer_[i], "question"));
      if (differ(run.scorer, base.scorer))
        add_warning("{} was scored by scorer {}, {} by {}: score both anew by synthv1 evaluate --rescore",
                    run.file, one_line(run.scorer), base.file, one_line(base.scorer));
    }
  }

  static bool differ(const std::string& a, const std::string& b) {
    return !a.empty() && !b.empty() && a != b;
  }

  template <class... Values>
  void add_warning(fmt::format_string<Values...> text, Values&&... values) {
    comparison_.warnings.push_back(fmt::format(text, std::forward<Values>(values)...));
  }

  Files& files_;
  std::vector<std::vector<ResultRow>> rows_;
  std::vector<RowsByQuestion> indexes_;
  std::vector<std::uint64_t> other_answer_;  ///< questions to which another answer is due than in the base
  Comparison comparison_;
};

void write_share(json::Writer& writer, double share) { writer.number(fmt::format("{:.6f}", share)); }

void write_interval(json::Writer& writer, std::string_view name, const Interval& interval) {
  writer.key(name).begin_array();
  write_share(writer, interval.low);
  write_share(writer, interval.high);
  writer.end_array();
}

void write_pairs(json::Writer& writer, const PairedCounts& pairs) {
  write_share(writer.key("difference"), pairs.difference());
  write_interval(writer, "newcombe95", difference95(pairs));
  writer.key("both").integer(pairs.both).key("only_base").integer(pairs.only_base);
  writer.key("only_run").integer(pairs.only_run).key("neither").integer(pairs.neither);
  writer.key("mcnemar_p").number(fmt::format("{:.6g}", mcnemar_p(pairs)));
  writer.key("mcnemar").string(pairs.discordant() < kLeastForChiSquare ? "exact" : "chi_square");
}

void write_scores(json::Writer& writer, const Comparison& comparison, std::span<const RunScore> scores) {
  writer.begin_array();
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Tally& tally = scores[i].tally;
    writer.begin_object().key("file").string(comparison.runs[i].file);
    writer.key("asked").integer(tally.asked).key("answered").integer(tally.answered);
    writer.key("correct").integer(tally.correct).key("tolerant").integer(tally.tolerant);
    write_share(writer.key("accuracy"), tally.accuracy());
    write_interval(writer, "wilson95", tally.interval());
    if (i > 0) write_pairs(writer, scores[i].against_base);
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace

Result<Comparison> compare_runs(std::span<const std::string> paths, Files& files) {
  if (paths.size() < 2)
    return fail(ErrorKind::usage, "name two results files or more: synthv1 compare BASE.jsonl RUN.jsonl");
  return Comparing(files).run(paths);
}

std::string comparison_json(const Comparison& comparison) {
  std::string text;
  json::Writer writer(text, json::Writer::Style::pretty);
  writer.begin_object().key("questions").integer(comparison.questions).key("runs").begin_array();
  for (const ComparedRun& run : comparison.runs) {
    writer.begin_object().key("file").string(run.file);
    writer.key("agent").string(run.agent).key("model").string(run.model);
    writer.key("data").string(run.data).key("scorer").string(run.scorer);
    writer.key("questions").integer(run.questions);
    writer.key("left_out").integer(run.questions - comparison.questions).end_object();
  }
  writer.end_array().key("warnings").begin_array();
  for (const std::string& warning : comparison.warnings) writer.string(warning);
  writer.end_array();
  write_scores(writer.key("all"), comparison, comparison.all);
  writer.key("by_category").begin_object();
  for (const auto& [category, scores] : comparison.by_category)
    write_scores(writer.key(category), comparison, scores);
  writer.end_object().end_object();
  return text + "\n";
}

}  // namespace synthv1
