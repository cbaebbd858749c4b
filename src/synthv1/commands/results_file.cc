// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/results_file.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/text.h"

#include <filesystem>
#include <unordered_map>

#include <fmt/format.h>

namespace synthv1 {

namespace {

Result<void> set_aside(const std::string& path) {
  std::error_code fault;
  std::filesystem::rename(path, path + ".old", fault);
  if (!fault) return {};
  return fail(ErrorKind::disk, fmt::format("cannot rename {}: {}", path, fault.message()));
}

struct QuestionPlace {
  std::uint32_t record, question;
};

/// Finds the question of a row in the data.
class QuestionIndex {
 public:
  explicit QuestionIndex(const EvalData& data) {
    for (const EvalRecord& record : data.records) {
      for (std::uint32_t i = 0; i < record.questions.size(); ++i)
        places_.emplace(question_key(record.task_id, record.questions[i].qid),
                        QuestionPlace{record.index, i});
    }
  }

  std::optional<QuestionPlace> find(const ResultRow& row) const {
    const auto place = places_.find(question_key(row.task_id, row.qid));
    return place == places_.end() ? std::nullopt : std::optional(place->second);
  }

 private:
  std::unordered_map<std::string, QuestionPlace> places_;
};

}  // namespace

Result<std::vector<ResultRow>> read_rows(Files& files, const std::string& path) {
  const Result<std::string> text = files.read(path);
  if (!text) return std::unexpected(text.error());
  std::vector<ResultRow> rows;
  std::uint64_t number = 0;
  std::string_view rest = *text;
  for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    ++number;
    const std::string_view line = trim(rest.substr(0, end));
    rest.remove_prefix(end + 1);
    if (line.empty()) continue;
    auto row = parse_row(line);
    if (!row)
      return fail(ErrorKind::usage, fmt::format("{}:{}: no result: {}", path, number, row.error().message));
    rows.push_back(std::move(*row));
  }
  return rows;
}

std::string summary_path(const std::string& out) {
  constexpr std::string_view kEnding = ".jsonl";
  const std::size_t size = out.ends_with(kEnding) ? out.size() - kEnding.size() : out.size();
  return out.substr(0, size) + ".summary.json";
}

ResultsFile::ResultsFile(Files& files, std::string path, const EvalData& data)
    : files_(&files), path_(std::move(path)), data_(&data) {
  for (const EvalRecord& record : data.records) rows_.emplace_back(record.questions.size());
}

Result<ResultsFile> ResultsFile::open(Files& files, const std::string& path, std::string_view run,
                                      const EvalData& data, bool fresh) {
  ResultsFile results(files, path, data);
  std::error_code none;
  if (path == "-" || !std::filesystem::exists(path, none)) return results;
  if (auto done = fresh ? set_aside(path) : results.take_over(run); !done)
    return std::unexpected(std::move(done.error()));
  return results;
}

Result<void> ResultsFile::take_over(std::string_view run) {
  auto rows = read_rows(*files_, path_);
  if (!rows) return std::unexpected(std::move(rows.error()));
  const QuestionIndex questions(*data_);
  for (ResultRow& row : *rows) {
    const auto place = questions.find(row);
    if (row.run != run || !place) {
      return fail(ErrorKind::usage, fmt::format("{} holds the results of another run ({}, this is {}); name "
                                                "another --out, or start over with --fresh, which sets them "
                                                "aside",
                                                path_, one_line(row.run, 16), run));
    }
    const auto [record, question] = *place;
    if (row.score.status == AnswerStatus::error || !data_->chosen[record][question]) continue;
    rescore(row, data_->records[record].questions[question].due);
    if (!has(record, question)) ++size_;
    rows_[record][question] = std::move(row);
  }
  return files_->replace(path_, text());  // without errors, and the row that a crash cut in two
}

Result<void> ResultsFile::add(std::uint32_t record, std::uint32_t question, ResultRow row) {
  if (!file_) {
    auto file = files_->open_append(path_ == "-" ? "/dev/stdout" : path_);
    if (!file) return std::unexpected(std::move(file.error()));
    file_ = std::move(*file);
  }
  if (auto done = file_->append(format_row(row)); !done) return done;
  ++size_;
  rows_[record][question] = std::move(row);
  return {};
}

std::string ResultsFile::text() const {
  std::string text;
  each([&](const ResultRow& row) { text += format_row(row); });
  return text;
}

Result<void> ResultsFile::finish(const std::string& summary) {
  if (path_ == "-") return {};
  file_.reset();
  return write_results(*files_, path_, [this](const RowHearer& hear) { each(hear); }, summary);
}

Result<void> rescore_rows(std::vector<ResultRow>& rows, const EvalData& data) {
  const QuestionIndex questions(data);
  for (ResultRow& row : rows) {
    const auto place = questions.find(row);
    if (!place) {
      return fail(ErrorKind::usage,
                  fmt::format("question {} of {} is not in the data: name the files that were "
                              "evaluated",
                              one_line(row.qid), one_line(row.task_id)));
    }
    rescore(row, data.records[place->record].questions[place->question].due);
  }
  return {};
}

Result<void> write_results(Files& files, const std::string& path,
                           const std::function<void(const RowHearer&)>& each_row,
                           const std::string& summary) {
  auto file = files.open_output(path);
  if (!file) return std::unexpected(std::move(file.error()));
  Result<void> written;
  each_row([&](const ResultRow& row) {
    if (written) written = (*file)->append(format_row(row));
  });
  if (written) written = (*file)->commit();
  if (!written) return written;
  return path == "-" ? Result<void>() : files.write(summary_path(path), summary);
}

Result<RunFacts> read_facts(Files& files, const std::string& path) {
  const std::string summary = summary_path(path);
  std::error_code none;
  if (!std::filesystem::exists(summary, none)) return RunFacts();
  const Result<std::string> text = files.read(summary);
  if (!text) return std::unexpected(text.error());
  const auto value = json::parse(*text);
  if (!value || !value->is_object()) return fail(ErrorKind::usage, summary + ": it is no JSON object");
  RunFacts facts;
  for (const json::Value::Member& member : *value->as_object()) {
    const auto said = member.value.as_string();
    if (said) facts.named.emplace_back(member.key, member.key == "scorer" ? kScorerVersion : *said);
    if (member.key != "files" || member.value.as_array() == nullptr) continue;
    for (const json::Value& file : *member.value.as_array())
      facts.files.emplace_back(file.as_string().value_or(""));
  }
  return facts;
}

}  // namespace synthv1
