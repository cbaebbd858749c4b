// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/evaluate.h"

#include "synthv1/base/text.h"
#include "synthv1/base/version.h"
#include "synthv1/commands/evaluate_run.h"
#include "synthv1/commands/make_agent.h"
#include "synthv1/model/fingerprint.h"
#include "synthv1/model/logged_model.h"
#include "synthv1/model/reply_watch.h"

#include <algorithm>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::size_t kRunDigits = 8;

std::unexpected<Error> wrong(std::string message) { return fail(ErrorKind::usage, std::move(message)); }

/// Of all that is said to a model that is evaluated.
std::string hash_of_prompts(const Catalogue& catalogue) {
  Fingerprint fields;
  for (const Prompts& prompts : catalogue.prompts) {
    for (const auto& [name, text] : prompts) {
      if (name.starts_with("answer_") || name.starts_with("notes_") || name.starts_with("extract_"))
        fields.add(name).add(text);
    }
  }
  return to_hex(fields.digest()).substr(0, 16);
}

/// One evaluation, in the order in which its parts are made.
class Evaluation {
 public:
  Evaluation(const EvaluateOptions& options, const Catalogue& catalogue, Files& files, Progress& progress)
      : options_(options),
        catalogue_(catalogue),
        files_(files),
        progress_(progress),
        endpoint_(options, progress) {}

  Result<EvaluateSummary> run(const StopTokens& stop) {
    if (auto ok = check_evaluate_options(options_, files_); !ok)
      return std::unexpected(std::move(ok.error()));
    auto data = load_eval_data(options_.data, catalogue_, files_, stop.drain);
    if (!data) return std::unexpected(std::move(data.error()));
    data_ = std::move(*data);
    if (options_.asks_model()) {
      const RunKind kind{.identity = [this] { return identity(); },
                         .records = 0,
                         .checker = "evaluate " + std::string(kVersion)};
      if (auto ok = endpoint_.open_journal(kind); !ok) return std::unexpected(std::move(ok.error()));
    }
    if (options_.sample) choose_stratified(data_, *options_.sample, endpoint_.options().seed);
    describe();
    return close(ask_all(stop));
  }

 private:
  JournalMeta identity() const {
    const auto text = [](const auto& value) { return fmt::format("{}", value); };
    JournalMeta values{
        {"agent", options_.agent}, {"data", data_.hash}, {"prompts", hash_of_prompts(catalogue_)}};
    if (options_.sample) {
      values["sample"] = text(*options_.sample);
      values["seed"] = text(endpoint_.options().seed);
    }
    if (!options_.asks_model()) return values;
    values["model"] = options_.model;
    values["base_url"] = options_.base_url;
    values["temperature"] = text(options_.temperature);
    values["k"] = text(options_.k);
    values["max_tokens"] = text(options_.max_tokens);
    values["max_note_tokens"] = text(options_.max_note_tokens);
    values["context_tokens"] = text(options_.context_tokens);
    return values;
  }

  /// Names the run and says what it is.
  void describe() {
    const JournalMeta values = identity();
    Fingerprint fields;
    for (const auto& [name, value] : values) {
      if (name != "base_url") fields.add(name).add(value);  // a server that has moved is the same run
    }
    run_ = to_hex(fields.digest()).substr(0, kRunDigits);
    facts_.named = {
        {"run", run_}, {"version", std::string(kVersion)}, {"scorer", std::string(kScorerVersion)}};
    facts_.named.insert(facts_.named.end(), values.begin(), values.end());
    facts_.files = options_.data;
  }

  Result<EvaluateSummary> ask_all(const StopTokens& stop) {
    auto results = ResultsFile::open(files_, options_.out, run_, data_, options_.fresh);
    if (!results) return std::unexpected(std::move(results.error()));
    EvaluateSummary summary{.results = {}, .facts = {}, .kept_rows = results->size(), .calls = {}};
    if (options_.asks_model()) {
      if (auto ok = endpoint_.make_model(); !ok) return std::unexpected(std::move(ok.error()));
    } else {
      endpoint_.make_without_model();
    }
    if (auto failure = ask_rest(*results, summary, stop)) return std::unexpected(std::move(*failure));
    results->each([&](const ResultRow& row) { summary.results.add(row); });
    summary.facts = facts_;
    if (auto done = results->finish(summary_json(summary.facts, summary.results)); !done)
      return std::unexpected(std::move(done.error()));
    return summary;
  }

  /// What ended the run before the last question.
  std::optional<Error> ask_rest(ResultsFile& results, EvaluateSummary& summary, const StopTokens& stop) {
    RunMeter meter(progress_, endpoint_.clock(), outline(results.size()),
                   [this](RunStatus& status) { endpoint_.fill(status); });
    std::optional<ReplyWatch> watch;
    std::unique_ptr<ChatModel> logged;
    if (options_.asks_model())
      logged = with_log(watch.emplace(endpoint_.model(), options_.model, Repeats::expected), meter);
    auto agent = make_agent(options_, catalogue_, logged.get(), endpoint_);
    if (!agent) return agent.error();
    EvaluateRun run({.run = run_,
                     .data = data_,
                     .agent = **agent,
                     .results = results,
                     .endpoint = endpoint_,
                     .progress = meter});
    endpoint_.run(run.run(), meter, stop, [&run] { run.cancel(); });
    summary.calls = endpoint_.state().counters();
    summary.cost = endpoint_.cost();
    if (watch) summary.remarks = watch->remarks();
    if (run.failure()) return run.failure();
    if (endpoint_.state().fatal() || results.size() < data_.num_questions()) return endpoint_.end();
    return std::nullopt;
  }

  RunOutline outline(std::uint64_t kept) const {
    return {.records = data_.records.size(),
            .questions = data_.num_questions(),
            .questions_kept = kept,
            .seed = endpoint_.options().seed,
            .out = options_.out,
            .model = options_.asks_model() ? options_.model : options_.agent};
  }

  Result<EvaluateSummary> close(Result<EvaluateSummary> asked) {
    auto summary = endpoint_.close(std::move(asked));
    if (!summary && !options_.asks_model() && summary.error().kind == ErrorKind::stopped)
      summary.error().message +=
          fmt::format("; the same command goes on from the results in {}", options_.out);
    return summary;
  }

  const EvaluateOptions& options_;
  const Catalogue& catalogue_;
  Files& files_;
  Progress& progress_;
  EvalData data_;
  std::string run_;  ///< names the run in its rows
  RunFacts facts_;
  EndpointRun endpoint_;
};

}  // namespace

bool EvaluateOptions::asks_model() const {
  if (own_agent) return false;
  return agent != "key" && agent != "zero" && !agent.starts_with("process:") && !agent.starts_with("http:") &&
         !agent.starts_with("https:");
}

Result<void> check_evaluate_options(const EvaluateOptions& options, Files& files) {
  if (options.data.empty()) return wrong("name the data to evaluate on: synthv1 evaluate DATA --agent NAME");
  const bool named = std::ranges::find(kAgentNames, options.agent) != kAgentNames.end();
  if (!named && options.asks_model()) {
    const auto near = nearest(options.agent, std::span<const std::string_view>(kAgentNames));
    return wrong(near
                     ? fmt::format("there is no agent '{}'; did you mean {}?", one_line(options.agent), *near)
                     : fmt::format("there is no agent '{}'; name one of {}, process:COMMAND or http://...",
                                   one_line(options.agent), fmt::join(kAgentNames, ", ")));
  }
  if (options.agent == "process:")
    return wrong("--agent=process: names no command: process:'python3 agent.py'");
  if (options.asks_model() && options.embedded())
    return wrong(
        fmt::format("--agent={} asks a model, and builtin is none: name one by --model", options.agent));
  if (options.k < 1) return wrong("--k is at least 1");
  if (options.processes < 1) return wrong("--processes is at least 1");
  if (options.sample && *options.sample < 1) return wrong("--sample=stratified:N takes an N of at least 1");
  if (options.out != "-" && !options.out.ends_with(".jsonl"))
    return wrong(
        fmt::format("--out={}: name a file that ends in .jsonl, or - for standard output", options.out));
  if (options.asks_model()) {
    if (auto ok = check_model_options(options); !ok) return ok;
  }
  return files.check_writable(options.out);
}

Result<EvaluateSummary> evaluate(const EvaluateOptions& options, const Catalogue& catalogue, Files& files,
                                 Progress& progress, const StopTokens& stop) {
  Result<EvaluateSummary> summary = Evaluation(options, catalogue, files, progress).run(stop);
  progress.ended(end_of(summary));
  return summary;
}

Result<EvaluateSummary> rescore_run(const std::string& run, const std::string& out,
                                    const std::vector<std::string>& data, const Catalogue& catalogue,
                                    Files& files) {
  auto loaded = load_eval_data(data, catalogue, files);
  if (!loaded) return std::unexpected(std::move(loaded.error()));
  auto rows = read_rows(files, run);
  if (!rows) return std::unexpected(std::move(rows.error()));
  auto facts = read_facts(files, run);
  if (!facts) return std::unexpected(std::move(facts.error()));
  EvaluateSummary summary{.results = {}, .facts = std::move(*facts), .calls = {}};
  if (auto done = rescore_rows(*rows, *loaded); !done)
    return fail(ErrorKind::usage, fmt::format("{}: {}", run, done.error().message));
  for (const ResultRow& row : *rows) summary.results.add(row);
  const auto each_row = [&](const RowHearer& hear) { std::ranges::for_each(*rows, hear); };
  if (auto done = write_results(files, out, each_row, summary_json(summary.facts, summary.results)); !done)
    return std::unexpected(std::move(done.error()));
  return summary;
}

}  // namespace synthv1
