// SPDX-License-Identifier: Apache-2.0
#include "cli/run_journal_report.h"

#include "cli/journal_json.h"
#include "cli/journal_text.h"
#include "cli/print.h"
#include "cli/signals.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

namespace synthv1::cli {

namespace {

/// What `journal` is told.
struct JournalSettings {
  std::string path;
  bool summary = false;
  bool jsonl = false;
  bool no_content = false;
  std::optional<double> price_in, price_out;

  std::optional<Prices> prices() const {
    if (!price_in || !price_out) return std::nullopt;
    return Prices{.in = *price_in, .out = *price_out};
  }
};

/// Prints the run, and the replies as rows.
class Rows : public JournalListener {
 public:
  Rows(std::string path, bool replies) : path_(std::move(path)), replies_(replies) {}

  void run(const JournalMeta& options) override {
    const auto model = options.find("model");
    if (model != options.end()) model_ = model->second;
    print(journal_run_text(path_, options));
    if (replies_) print(journal_reply_header());
  }
  void reply(const KeptRow& reply) override {
    if (replies_) print(journal_reply_text(reply, model_));
  }

 private:
  std::string path_;
  std::string model_;
  bool replies_;
};

/// Prints all as lines of JSON.
class Lines : public JournalListener {
 public:
  explicit Lines(Contents contents) : contents_(contents) {}

  void run(const JournalMeta& options) override { print(json_line(options)); }
  void start(const KeptStart& start) override { print(json_line(start)); }
  void record(const KeptRecord& record) override { print(json_line(record)); }
  void failure(const KeptFailure& failure) override { print(json_line(failure, contents_)); }
  void reply(const KeptRow& reply) override { print(json_line(reply, contents_)); }

 private:
  Contents contents_;
};

Result<void> check_settings(const JournalSettings& settings) {
  if (settings.jsonl && settings.summary)
    return fail(ErrorKind::usage, "--jsonl and --summary exclude each other: --jsonl prints no sums");
  if (settings.no_content && !settings.jsonl)
    return fail(ErrorKind::usage, "--no_content is for --jsonl: the table shows no contents");
  if (settings.price_in.has_value() != settings.price_out.has_value())
    return fail(ErrorKind::usage, "--price_in and --price_out belong together: give both");
  return {};
}

Result<JournalReport> print_journal(const std::string& path, const JournalSettings& settings) {
  if (settings.jsonl) {
    Lines lines(settings.no_content ? Contents::without : Contents::with);
    return report_journal(path, lines);
  }
  Rows rows(path, !settings.summary);
  auto report = report_journal(path, rows);
  if (!report) return report;
  if (!settings.summary) print("\n");
  print(journal_totals_text(*report, settings.prices()));
  return report;
}

Outcome run_journal_report(const JournalSettings& settings, const std::stop_token& stop) {
  if (const auto good = check_settings(settings); !good) return std::unexpected(good.error());
  const auto path = find_journal(settings.path);
  if (!path) return std::unexpected(path.error());
  // It only reads: where nobody wants the rest, nothing is left to be done in good order.
  std::signal(SIGPIPE, SIG_DFL);
  const std::stop_callback on_stop(stop, [] { ::_exit(Signals::exit_code()); });
  const Result<JournalReport> report = print_journal(*path, settings);
  const bool printed = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  if (!report) return std::unexpected(report.error());
  if (!printed)
    return fail(ErrorKind::disk, fmt::format("cannot write to standard output: {}", std::strerror(errno)));
  for (const std::string& damage : report->damage) fmt::print(stderr, "{}\n", damage);
  return report->damage.empty() ? 0 : 1;
}

void add_options(CLI::App& verb, JournalSettings& settings) {
  verb.add_option("FILE", settings.path, "the output of a run by a model, or its journal")->required();
  verb.add_flag("--summary", settings.summary, "the sums only, no line an attempt");
  verb.add_flag("--jsonl", settings.jsonl, "everything as lines of JSON instead");
  verb.add_flag("--no_content", settings.no_content,
                "with --jsonl: without what the model and the server wrote");
  const auto price = [&](const std::string& name, const std::string& meaning, std::optional<double>& target) {
    verb.add_option(name, target, meaning)->type_name("N")->check(CLI::NonNegativeNumber);
  };
  price("--price_in", "of a million tokens of prompts, for the cost", settings.price_in);
  price("--price_out", "of a million tokens of replies", settings.price_out);
}

}  // namespace

void add_journal(CLI::App& app, std::function<Outcome()>& chosen, std::stop_token stop) {
  CLI::App* verb =
      app.add_subcommand("journal", "attempts, verdicts, tokens, cost and time of a run by a model");
  const auto settings = std::make_shared<JournalSettings>();
  add_options(*verb, *settings);
  verb->callback([settings, &chosen, stop = std::move(stop)] {
    chosen = [settings, stop] { return run_journal_report(*settings, stop); };
  });
}

}  // namespace synthv1::cli
