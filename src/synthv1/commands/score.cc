// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/score.h"

#include "synthv1/base/text.h"
#include "synthv1/dataset/read_record.h"
#include "synthv1/dataset/record_stream.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

namespace synthv1 {

namespace {

/// An answer as its file has it.
struct GivenAnswer {
  std::string text;
  AnswerStatus status = AnswerStatus::ok;
  std::string place;  ///< "answers.jsonl, line 3"
  std::string task_id, qid;
  bool used = false;
};

std::string place_of(const std::string& path, const json::Record& record) {
  if (record.line > 0) return fmt::format("{}, line {}", path, record.line);
  return fmt::format("{}, element {}", path, record.index);
}

Result<AnswerStatus> read_status(const json::Value& value, const std::string& place) {
  const json::Value* status = value.find("status");
  if (status == nullptr) return AnswerStatus::ok;
  const auto name = std::ranges::find(kAnswerStatusNames, status->as_string().value_or(""));
  if (name != kAnswerStatusNames.end())
    return static_cast<AnswerStatus>(std::distance(kAnswerStatusNames.begin(), name));
  return fail(ErrorKind::usage,
              fmt::format("{}: \"status\" must be one of {}", place,
                          join(std::span<const std::string_view>(kAnswerStatusNames), ", ")));
}

/// What was answered, by task_id and qid.
class GivenAnswers {
 public:
  Result<void> read(Files& files, const std::string& path) {
    auto stream = RecordStream::open(files, path);
    if (!stream) return std::unexpected(std::move(stream.error()));
    while (true) {
      auto record = stream->next();
      if (!record) return std::unexpected(std::move(record.error()));
      if (!*record) return {};
      if (const auto added = add((*record)->value, place_of(path, **record)); !added) return added;
    }
  }

  /// The answer to a question, by both names or by its qid alone; nullptr where there is none.
  Result<const GivenAnswer*> take(const std::string& task_id, const std::string& qid) {
    auto found = answers_.find(question_key(task_id, qid));
    if (found == answers_.end()) found = answers_.find(question_key("", qid));
    if (found == answers_.end()) return nullptr;
    GivenAnswer& answer = found->second;
    if (answer.used) {
      return fail(ErrorKind::usage,
                  fmt::format("{}: the data has two questions '{}'; say which with \"task_id\"", answer.place,
                              one_line(qid)));
    }
    answer.used = true;
    return &answer;
  }

  /// The first answer in the file's order that no question took.
  const GivenAnswer* unused() const {
    const auto unused = std::ranges::find_if(order_, [](const GivenAnswer* answer) { return !answer->used; });
    return unused == order_.end() ? nullptr : *unused;
  }

 private:
  Result<void> add(const json::Value& value, std::string place) {
    const json::Value* qid = value.find("qid");
    const json::Value* answer = value.find("answer");
    const json::Value* task_id = value.find("task_id");
    if (qid == nullptr || !qid->is_string() || answer == nullptr ||
        !(answer->is_string() || answer->is_null())) {
      return fail(ErrorKind::usage,
                  fmt::format("{}: not an answer: an object with \"qid\" and \"answer\", both text", place));
    }
    const auto status = read_status(value, place);
    if (!status) return std::unexpected(status.error());
    GivenAnswer given{.text = std::string(answer->as_string().value_or("")),
                      .status = *status,
                      .place = std::move(place),
                      .task_id = std::string(task_id != nullptr ? task_id->as_string().value_or("") : ""),
                      .qid = std::string(qid->as_string().value_or(""))};
    const std::string name = question_key(given.task_id, given.qid);
    const auto [same, fresh] = answers_.try_emplace(name, std::move(given));
    if (fresh) {
      order_.push_back(&same->second);
      return {};
    }
    return fail(ErrorKind::usage, fmt::format("{}: a second answer to '{}', after {}", given.place,
                                              one_line(given.qid), same->second.place));
  }

  std::unordered_map<std::string, GivenAnswer> answers_;
  std::vector<const GivenAnswer*> order_;
};

/// Goes through the questions of a dataset.
class Scoring {
 public:
  Scoring(GivenAnswers& answers, const Catalogue& catalogue, ScoreListener& listener,
          const ScoreOptions& options)
      : answers_(answers), catalogues_(catalogue), listener_(listener), options_(options) {}

  Result<void> read(Files& files, const std::string& path, const std::stop_token& stop) {
    auto stream = RecordStream::open(files, path);
    if (!stream) return std::unexpected(std::move(stream.error()));
    while (true) {
      if (stop.stop_requested()) return fail(ErrorKind::stopped, "stopped");
      auto record = stream->next();
      if (!record) return std::unexpected(std::move(record.error()));
      if (!*record) return {};
      if (!is_record((*record)->value)) {
        return fail(ErrorKind::usage,
                    fmt::format("{}: not a record: no object with task_id, questions, chunks and "
                                "metadata",
                                place_of(path, **record)));
      }
      FaultList faults;
      if (const auto done = score_record(read_record((*record)->value, catalogues_, faults)); !done)
        return done;
    }
  }

  ScoreSummary summary() { return std::move(summary_); }

 private:
  Result<void> score_record(const StoredRecord& record) {
    for (const StoredQuestion& question : record.questions) {
      ScoredQuestion scored{.task_id = record.task_id.value_or(""),
                            .qid = question.qid.value_or(""),
                            .category = question.category.value_or(""),
                            .due = due_answer(question, *record.catalogue)};
      const auto answer = answers_.take(scored.task_id, scored.qid);
      if (!answer) return std::unexpected(answer.error());
      const bool given = *answer != nullptr;
      scored.given = given;
      scored.score = given ? score_answer((*answer)->text, (*answer)->status, scored.due, options_)
                           : score_answer({}, AnswerStatus::empty, scored.due, options_);
      count(scored);
      listener_.scored(scored);
    }
    return {};
  }

  void count(const ScoredQuestion& question) {
    summary_.all.add(question.score, question.due);
    summary_.by_category[question.category].add(question.score);
    if (!question.given) ++summary_.missing;
  }

  GivenAnswers& answers_;
  KnownCatalogues catalogues_;
  ScoreListener& listener_;
  const ScoreOptions& options_;
  ScoreSummary summary_;
};

}  // namespace

Result<ScoreSummary> score_answers(const ScoreFiles& paths, const Catalogue& catalogue, Files& files,
                                   ScoreListener& listener, const ScoreOptions& options,
                                   const std::stop_token& stop) {
  if (paths.data == "-" && paths.answers == "-")
    return fail(ErrorKind::usage, "both DATA and ANSWERS are standard input: name a file for one");
  GivenAnswers answers;
  if (const auto read = answers.read(files, paths.answers); !read) return std::unexpected(read.error());
  Scoring scoring(answers, catalogue, listener, options);
  if (const auto read = scoring.read(files, paths.data, stop); !read) return std::unexpected(read.error());
  if (const GivenAnswer* unused = answers.unused()) {
    return fail(ErrorKind::usage,
                fmt::format("{}: {} has no question '{}'{}", unused->place, paths.data, one_line(unused->qid),
                            unused->task_id.empty() ? "" : " of " + one_line(unused->task_id)));
  }
  return scoring.summary();
}

}  // namespace synthv1
