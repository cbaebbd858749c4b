// SPDX-License-Identifier: Apache-2.0
#include "cli/run_score.h"

#include "cli/open_catalogue.h"
#include "cli/print.h"
#include "synthv1/base/display_width.h"
#include "synthv1/base/json_write.h"
#include "synthv1/base/text.h"
#include "synthv1/commands/score.h"
#include "synthv1/evaluate/wilson.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace synthv1::cli {

namespace {

/// What `score` is told.
struct ScoreSettings {
  std::vector<std::string> words;  ///< DATA and ANSWERS; with `due`, the answer
  std::string due, form, catalog;
  bool jsonl = false;
  bool european = false;
  bool one = false;  ///< --due was given
};

void write_score(json::Writer& writer, const Score& score) {
  writer.key("status").string(name_of(score.status));
  writer.key("correct").boolean(score.correct).key("tolerant").boolean(score.tolerant);
  writer.key("f1").number(fmt::format("{:.6g}", score.f1));
  writer.key("reason").string(name_of(score.reason)).key("region").string(name_of(score.region));
  writer.key("extracted").string(score.extracted).key("value").string(score.value);
}

/// A line of JSON a question.
class ScoreLines : public ScoreListener {
 public:
  explicit ScoreLines(bool print) : print_(print) {}

  void scored(const ScoredQuestion& question) override {
    if (!print_) return;
    std::string line;
    json::Writer writer(line);
    writer.begin_object().key("task_id").string(question.task_id).key("qid").string(question.qid);
    writer.key("category").string(question.category).key("form").string(name_of(question.due.form));
    writer.key("due").string(question.due.text);
    write_score(writer, question.score);
    writer.key("scorer").string(kScorerVersion).end_object();
    print(line + "\n");
  }

 private:
  bool print_;
};

std::string share_text(std::uint64_t correct, std::uint64_t of) {
  if (of == 0) return "-";
  const Interval interval = wilson95(correct, of);
  return fmt::format("{:5.1f} %  [{:.1f}, {:.1f}]",
                     100.0 * static_cast<double>(correct) / static_cast<double>(of), 100 * interval.low,
                     100 * interval.high);
}

void print_row(std::string_view name, std::size_t width, const Tally& counts) {
  const std::string padding(width - std::min(width, display_width(name)), ' ');
  print(fmt::format("{}{}  {:>7}  {:>8}  {:>7}  {:<23}  {:<23}  {:>8}\n", name, padding, counts.asked,
                    counts.answered, counts.correct, share_text(counts.correct, counts.asked),
                    share_text(counts.correct, counts.answered), counts.tolerant));
}

void print_table(const ScoreSummary& summary) {
  std::size_t width = 8;
  for (const auto& [category, counts] : summary.by_category)
    width = std::max(width, display_width(one_line(category)));
  print(fmt::format("{:<{}}  {:>7}  {:>8}  {:>7}  {:<23}  {:<23}  {:>8}\n", "category", width, "asked",
                    "answered", "correct", "of asked [Wilson 95 %]", "of answered", "tolerant"));
  for (const auto& [category, counts] : summary.by_category) print_row(one_line(category), width, counts);
  print_row("all", width, summary.all);
}

void print_counts(const ScoreSummary& summary) {
  print("\nreasons:");
  for (std::size_t i = 0; i < kScoreReasonNames.size(); ++i) {
    if (summary.all.reasons[i] > 0)
      print(fmt::format(" {} {}", kScoreReasonNames[i], summary.all.reasons[i]));
  }
  print("\nstatus:");
  for (std::size_t i = 0; i < kAnswerStatusNames.size(); ++i) {
    if (summary.all.statuses[i] > 0)
      print(fmt::format(" {} {}", kAnswerStatusNames[i], summary.all.statuses[i]));
  }
  print("\n");
  if (const auto error = summary.all.median_relative_error())
    print(fmt::format("amounts that are wrong are off by {:.1f} % (median)\n", 100 * *error));
  if (summary.missing > 0)
    print(fmt::format("{} no answer: counted as empty, so wrong\n",
                      counted(summary.missing, "question") + (summary.missing == 1 ? " has" : " have")));
  print(fmt::format("scorer version {}\n", kScorerVersion));
}

Outcome score_one(const ScoreSettings& settings, const Catalogue& catalogue, const ScoreOptions& options) {
  if (settings.words.size() != 1)
    return fail(ErrorKind::usage,
                "--due takes one answer: synthv1 score --due 1234.50 \"You spent $1,234.50.\"");
  DueAnswer due{.text = settings.due, .form = form_of(settings.due), .catalogue = &catalogue};
  const auto form = std::ranges::find(kAnswerFormNames, settings.form);
  if (form != kAnswerFormNames.end())
    due.form = static_cast<AnswerForm>(std::distance(kAnswerFormNames.begin(), form));
  const Score score = score_answer(settings.words[0], AnswerStatus::ok, due, options);
  std::string line;
  json::Writer writer(line);
  writer.begin_object()
      .key("form")
      .string(name_of(due.form))
      .key("due")
      .string(replace_invalid_utf8(due.text));
  write_score(writer, score);
  writer.end_object();
  print(line + "\n");
  return score.correct ? 0 : 1;
}

Outcome score_file(const ScoreSettings& settings, const Catalogue& catalogue, const ScoreOptions& options,
                   const std::stop_token& stop) {
  if (settings.words.empty() || settings.words.size() > 2)
    return fail(ErrorKind::usage,
                "score needs DATA and ANSWERS (or - for standard input), or --due and an answer");
  if (!settings.form.empty())
    return fail(ErrorKind::usage, "--form is for --due: in DATA, each question has its own");
  const ScoreFiles paths{.data = settings.words[0],
                         .answers = settings.words.size() > 1 ? settings.words[1] : "-"};
  // It only reads: where nobody wants the rest, nothing is left to be done in good order.
  std::signal(SIGPIPE, SIG_DFL);
  DiskFiles files;
  ScoreLines lines(settings.jsonl);
  const auto summary = score_answers(paths, catalogue, files, lines, options, stop);
  if (summary && !settings.jsonl) {
    print_table(*summary);
    print_counts(*summary);
  }
  const bool printed = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  if (!summary) return std::unexpected(summary.error());
  if (!printed) return fail(ErrorKind::disk, "cannot write to standard output");
  return 0;
}

Outcome run_score(const ScoreSettings& settings, const std::stop_token& stop) {
  const Result<OpenCatalogue> catalogue = open_catalogue(settings.catalog);
  if (!catalogue) return std::unexpected(catalogue.error());
  const ScoreOptions options{.european = settings.european};
  if (settings.one) return score_one(settings, catalogue->get(), options);
  return score_file(settings, catalogue->get(), options, stop);
}

}  // namespace

void add_score(CLI::App& app, std::function<Outcome()>& chosen, std::stop_token stop) {
  CLI::App* verb = app.add_subcommand("score", "score raw answers to a dataset's questions");
  const auto settings = std::make_shared<ScoreSettings>();
  verb->add_option("FILE", settings->words,
                   "DATA and ANSWERS (lines of {\"qid\", \"answer\"}; - is standard input)");
  CLI::Option* due =
      verb->add_option("--due", settings->due, "score one answer against this")->type_name("TEXT");
  verb->add_option("--form", settings->form,
                   "with --due: money, count, scene, date or month; else by its look")
      ->type_name("FORM")
      ->check(CLI::IsMember(std::vector<std::string>(kAnswerFormNames.begin(), kAnswerFormNames.end())));
  verb->add_option("--catalog", settings->catalog, "TOML laid over the default catalogue")->type_name("FILE");
  verb->add_flag("--jsonl", settings->jsonl, "a line of JSON a question instead of the table");
  verb->add_flag("--european", settings->european, "read 1.234,50 rather than 1,234.50");
  verb->callback([settings, due, &chosen, stop = std::move(stop)] {
    settings->one = due->count() > 0;
    chosen = [settings, stop] { return run_score(*settings, stop); };
  });
}

}  // namespace synthv1::cli
