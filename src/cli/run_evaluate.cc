// SPDX-License-Identifier: Apache-2.0
#include "cli/run_evaluate.h"

#include "cli/listeners.h"
#include "cli/open_catalogue.h"
#include "cli/print.h"
#include "cli/settings.h"
#include "synthv1/base/text.h"
#include "synthv1/commands/evaluate.h"
#include "synthv1/commands/results_file.h"

#include <charconv>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace synthv1::cli {

namespace {

std::uint64_t parse_sample(const std::string& text) {
  constexpr std::string_view kStratified = "stratified:";
  const std::string_view number = std::string_view(text).substr(std::min(kStratified.size(), text.size()));
  std::uint64_t count = 0;
  const auto [end, code] = std::from_chars(number.data(), number.data() + number.size(), count);
  if (text.starts_with(kStratified) && code == std::errc{} && end == number.data() + number.size() &&
      count > 0)
    return count;
  throw CLI::ValidationError(
      fmt::format("--sample={}: write stratified: and a number from 1, such as stratified:200",
                  one_line(text, 60)),
      2);
}

std::string remarks_text(const EvaluateSummary& summary) {
  std::string text;
  if (summary.kept_rows > 0)
    text += fmt::format("{} from earlier starts\n", counted(summary.kept_rows, "result"));
  const CallCounters& calls = summary.calls;
  if (calls.calls > 0) {
    text += fmt::format("{}, {} tokens in, {} tokens out\n", counted(calls.calls, "call"),
                        calls.prompt_tokens, calls.completion_tokens);
  }
  if (summary.cost) text += fmt::format("cost so far: {:.4f}\n", *summary.cost);
  for (const auto& [name, count] : calls.failures) text += fmt::format("  failed: {} {}\n", count, name);
  for (const std::string& remark : summary.remarks) text += fmt::format("⚠️ {}\n", remark);
  return text;
}

void print_summary(const EvaluateSettings& settings, const EvaluateSummary& summary) {
  if (settings.quiet) return;
  const std::string& out = settings.run.out;
  const std::string text = summary_text(summary.results);
  if (out == "-") {
    fmt::print(stderr, "{}", text);
  } else {
    print(text + fmt::format("\n✅ Results written to: {} and {}\n", out, summary_path(out)));
  }
  std::fflush(stdout);
  fmt::print(stderr, "{}", remarks_text(summary));
}

Result<EvaluateSummary> evaluate_with(const EvaluateSettings& settings, const Catalogue& catalogue,
                                      const StopTokens& stop) {
  DiskFiles files;
  const EvaluateOptions& run = settings.run;
  if (!settings.rescore.empty()) return rescore_run(settings.rescore, run.out, run.data, catalogue, files);
  const auto listeners = RunListeners::open(run, settings, files);
  if (!listeners) return std::unexpected(listeners.error());
  auto summary = evaluate(run, catalogue, files, (*listeners)->all(), stop);
  (*listeners)->terminal().wipe();
  return summary;
}

Outcome run_evaluate(EvaluateSettings& settings, const StopTokens& stop) {
  settle(settings);
  const Result<OpenCatalogue> catalogue = open_catalogue(settings.catalog);
  if (!catalogue) return std::unexpected(catalogue.error());
  const auto summary = evaluate_with(settings, catalogue->get(), stop);
  if (!summary) return std::unexpected(summary.error());
  print_summary(settings, *summary);
  return 0;
}

void add_own_options(CLI::App& verb, EvaluateSettings& settings) {
  EvaluateOptions& run = settings.run;
  const auto number = [&](const std::string& name, const std::string& meaning, auto& target) {
    verb.add_option(name, target, fmt::format("{} [{}]", meaning, target))
        ->type_name("N")
        ->group("Evaluation");
  };
  verb.add_option("DATA", run.data, "dataset files; - is standard input")->required();
  verb.add_option("--agent", run.agent,
                  fmt::format("{}, process:COMMAND or an http:// URL [full]", fmt::join(kAgentNames, ", ")))
      ->type_name("NAME")
      ->group("Evaluation");
  verb.add_option("--out", run.out, "a .jsonl file, a line a question [results.jsonl]")
      ->type_name("FILE")
      ->group("Evaluation");
  number("--k", "chunks that recent and bm25 show", run.k);
  number("--max_tokens", "most tokens of an answer", run.max_tokens);
  number("--max_note_tokens", "most tokens of notes, and of a chunk's transactions", run.max_note_tokens);
  number("--context_tokens",
         "most tokens of a prompt and its reply, estimated: the oldest chunks are left out; "
         "0 for no limit",
         run.context_tokens);
  verb.add_option_function<std::string>(
          "--sample", [&run](const std::string& text) { run.sample = parse_sample(text); },
          "stratified:N asks N questions, each category its share")
      ->type_name("HOW")
      ->group("Evaluation");
  number("--processes", "of process:COMMAND, side by side", run.processes);
  verb.add_option_function<double>(
          "--agent_timeout",
          [&run](double seconds) {
            run.agent_timeout = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
          },
          "for one answer of an agent from outside [600]")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.001, 1e7))
      ->group("Evaluation");
  verb.add_option("--rescore", settings.rescore,
                  "score the stored answers of a results file anew, ask nobody")
      ->type_name("FILE")
      ->group("Evaluation");
}

}  // namespace

void add_evaluate_options(CLI::App& app, EvaluateSettings& settings) {
  add_own_options(app, settings);
  add_run_options(app, settings.run, settings);
  add_program_options(app, settings);
}

void settle(EvaluateSettings& settings) {
  settings.run.seed_drawn = !settings.seed_given;
  if (settings.run.out.empty())
    settings.run.out = settings.rescore.empty() ? "results.jsonl" : settings.rescore;
}

void add_evaluate(CLI::App& app, std::function<Outcome()>& chosen, const StopTokens& stop) {
  CLI::App* verb = app.add_subcommand("evaluate", "ask a memory every question of datasets, and score it");
  const auto settings = std::make_shared<EvaluateSettings>();
  add_evaluate_options(*verb, *settings);
  verb->callback(
      [settings, &chosen, stop] { chosen = [settings, stop] { return run_evaluate(*settings, stop); }; });
}

}  // namespace synthv1::cli
