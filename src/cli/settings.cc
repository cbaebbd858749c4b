// SPDX-License-Identifier: Apache-2.0
#include "cli/settings.h"

#include "synthv1/base/text.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <random>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace synthv1::cli {

namespace {

using Setter = std::function<void(const std::string&)>;

[[noreturn]] void refuse(std::string_view option, std::string_view value, std::string_view expected) {
  throw CLI::ValidationError(fmt::format("{}={}: {}", option, one_line(value, 60), expected), 2);
}

/// The options of one group of the help page.
class Group {
 public:
  Group(CLI::App& app, std::string name) : app_(app), name_(std::move(name)) {}

  /// An option with a value: `--name VALUE`, its meaning and its default as the help page shows them.
  void value(const std::string& option, const std::string& placeholder, const std::string& meaning,
             const std::string& standard, Setter set) {
    const std::string shown = standard.empty() ? meaning : fmt::format("{} [{}]", meaning, standard);
    app_.add_option_function<std::string>(option, std::move(set), shown)
        ->type_name(placeholder)
        ->group(name_);
  }

  void flag(const std::string& option, const std::string& meaning, bool& target) {
    app_.add_flag(option, target, meaning)->group(name_);
  }

  /// A whole number from `low` to what fits into Number.
  template <class Number>
  void number(const std::string& option, const std::string& meaning, Number& target, Number low = 0) {
    value(option, "N", meaning, fmt::format("{}", target), [option, low, &target](const std::string& text) {
      target = parse_number<Number>(option, text, low);
    });
  }

  void text(const std::string& option, const std::string& placeholder, const std::string& meaning,
            std::string& target) {
    value(option, placeholder, meaning, target, [&target](const std::string& text) { target = text; });
  }

  /// A number of seconds, fractions allowed.
  void seconds(const std::string& option, const std::string& meaning, std::chrono::milliseconds& target) {
    const std::string standard = fmt::format("{}", target.count() / 1000);
    value(option, "SECONDS", meaning, standard, [option, &target](const std::string& text) {
      const double seconds = parse_real(option, text, 0.001, 1e7);
      target = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
    });
  }

  /// A time span that has no default: seconds, or a number with s, m, h or d behind it.
  void duration(const std::string& option, const std::string& meaning,
                std::optional<std::chrono::milliseconds>& target) {
    value(option, "TIME", meaning, "", [option, &target](const std::string& text) {
      constexpr std::string_view kUnits = "smhd";
      constexpr std::array<double, 4> kSeconds = {1, 60, 3600, 86'400};
      const std::size_t unit = text.empty() ? std::string_view::npos : kUnits.find(text.back());
      const bool named = unit != std::string_view::npos;
      const double number = parse_real(option, named ? text.substr(0, text.size() - 1) : text, 0.001, 1e9);
      target =
          std::chrono::milliseconds(static_cast<std::int64_t>(number * (named ? kSeconds[unit] : 1) * 1000));
    });
  }

  /// A number that has no default, not negative.
  void amount(const std::string& option, const std::string& meaning, std::optional<double>& target) {
    value(option, "N", meaning, "",
          [option, &target](const std::string& text) { target = parse_real(option, text, 0, 1e12); });
  }

  /// A whole number from 1 that has no default.
  template <class Number>
  void limit(const std::string& option, const std::string& meaning, std::optional<Number>& target) {
    value(option, "N", meaning, "",
          [option, &target](const std::string& text) { target = parse_number<Number>(option, text, 1); });
  }

  template <class Enum, std::size_t N>
  void choice(const std::string& option, const std::string& meaning,
              const std::array<std::string_view, N>& names, Enum& target) {
    value(option, fmt::format("{}", fmt::join(names, "|")), meaning,
          std::string(names[static_cast<std::size_t>(target)]),
          [option, names, &target](const std::string& text) {
            const auto found = std::find(names.begin(), names.end(), text);
            if (found == names.end())
              refuse(option, text, fmt::format("choose one of {}", fmt::join(names, ", ")));
            target = static_cast<Enum>(found - names.begin());
          });
  }

  void date(const std::string& option, const std::string& meaning, Date& target) {
    value(option, "DATE", meaning, format_date(target), [option, &target](const std::string& text) {
      const Result<Date> date = Date::parse(text);
      if (!date) refuse(option, text, "write a date of the calendar as 2024-01-15");
      target = *date;
    });
  }

  static double parse_real(const std::string& option, const std::string& text, double low, double high) {
    double number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc{} || end != text.data() + text.size() || !(number >= low && number <= high)) {
      refuse(option, text, fmt::format("write a number from {} to {}", low, high));
    }
    return number;
  }

 private:
  template <class Number>
  static Number parse_number(const std::string& option, const std::string& text, Number low) {
    Number number{};
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code == std::errc{} && end == text.data() + text.size() && number >= low) return number;
    refuse(option, text,
           fmt::format("write a whole number from {} to {}", low, std::numeric_limits<Number>::max()));
  }

  CLI::App& app_;
  std::string name_;
};

/// "0.1", exactly: one part of ten.
Share parse_share(const std::string& text) {
  const std::string_view wrong = "write a share between 0 and 1, with at most six decimals, such as 0.1";
  const auto value = text.starts_with("0.") && text.size() <= 8 ? text.substr(2) : text;
  const bool fraction = value.size() != text.size();
  if (value.empty() || value.find_first_not_of("0123456789") != std::string::npos)
    refuse("--zero_answers", text, wrong);
  std::uint32_t of = 1;
  for (std::size_t i = 0; fraction && i < value.size(); ++i) of *= 10;
  const auto parts = value.size() > 6 ? of + 1 : static_cast<std::uint32_t>(std::stoul(value));
  if (parts > of) refuse("--zero_answers", text, wrong);
  return {.parts = parts, .of = of};
}

std::string read_key(const std::string& path) {
  const Result<std::string> text = read_file(path);
  if (!text) throw CLI::ValidationError(fmt::format("--api_key_file: {}", text.error().message), 2);
  const std::string key(trim(*text));
  if (key.empty()) refuse("--api_key_file", path, "the file holds no key");
  return key;
}

/// --fast stands before the options that it sets, so that one given beside it wins.
void add_fast(CLI::App& app, GenerateOptions& run) {
  const auto set = [&run](std::int64_t count) {
    if (count <= 0) return;
    run.num_questions = 10;
    run.plan.num_sessions = 3;
    run.plan.min_turns = 5;
    run.plan.max_turns = 10;
    run.plan.min_scenes = 1;
    run.plan.max_scenes = 3;
  };
  app.add_flag_function("--fast", set,
                        "a small record: 3 sessions, 10 questions, 5 to 10 turns, 1 to 3 scenes")
      ->group("Size");
}

void add_size(CLI::App& app, GenerateOptions& run) {
  Group group(app, "Size");
  add_fast(app, run);
  group.number("--num_sessions", "sessions in a record, each on a day of its own", run.plan.num_sessions, 1u);
  group.number("--num_questions", "questions in a record", run.num_questions);
  group.number("--min_turns", "fewest turns in a session", run.plan.min_turns, 1u);
  group.number("--max_turns", "most turns in a session", run.plan.max_turns, 1u);
  group.number("--min_scenes", "fewest (scene, subscene) pairs in a session", run.plan.min_scenes, 1u);
  group.number("--max_scenes", "most (scene, subscene) pairs in a session", run.plan.max_scenes, 1u);
  group.number("--num_records", "records to generate", run.num_records, 1u);
}

void add_seed_and_catalog(CLI::App& app, RunOptions& run, ProgramSettings& settings) {
  Group group(app, "Content");
  group.value("--seed", "N", "the same seed gives the same data", "drawn",
              [&run, &settings](const std::string& text) {
                const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), run.seed);
                if (code != std::errc{} || end != text.data() + text.size()) {
                  refuse("--seed", text, "write a whole number from 0 to 18446744073709551615");
                }
                settings.seed_given = true;
              });
  group.text("--catalog", "FILE", "TOML laid over the catalogue of scenes, phrases and question types",
             settings.catalog);
}

void add_content(CLI::App& app, GenerateSettings& settings) {
  GenerateOptions& run = settings.run;
  Group group(app, "Content");
  group.choice("--language", "language of the conversations and questions", kLanguageNames,
               run.plan.language);
  group.date("--start_date", "earliest day of a session", run.plan.dates.first);
  group.date("--end_date", "latest day of a session", run.plan.dates.last);
  group.flag("--no_diversify", "leave the questions as templates", settings.no_diversify);
  group.value("--zero_answers", "SHARE",
              "share of range, scene and date questions that may have the answer 0.00", "0.1",
              [&run](const std::string& text) { run.zero_answers = parse_share(text); });
  add_seed_and_catalog(app, run, settings);
}

void add_start_and_log(CLI::App& app, RunOptions& run, ProgramSettings& settings) {
  Group group(app, "Output");
  group.flag("--fresh", "set the journal of an earlier run aside and start over", run.fresh);
  group.flag("--quiet", "no progress and no summary", settings.quiet);
  group.value("--log", "FILE", "add a line of JSON to FILE for each event of the run", "",
              [&settings](const std::string& path) {
                if (path == "-") refuse("--log", path, "name a file; /dev/stderr is the standard error");
                settings.log = path;
              });
}

void add_output(CLI::App& app, GenerateSettings& settings) {
  Group group(app, "Output");
  group.text("--out", "FILE", "a .json or .jsonl file, or - for JSON lines on standard output",
             settings.run.out);
  group.choice("--layout", "of a .json file: auto is an object for one record, an array for several",
               std::array<std::string_view, 3>{"auto", "object", "array"}, settings.run.layout);
  add_start_and_log(app, settings.run, settings);
  group.number("--threads", "threads of the embedded writer, 0 for all cores", settings.run.threads);
}

/// The most calls in flight that auto goes up to.
constexpr std::uint32_t kMostFound = 1'024;

void set_concurrency(RunOptions& run, const std::string& text) {
  run.finds_concurrency = text == "auto";
  if (run.finds_concurrency) {
    run.llm_concurrency = kMostFound;
    return;
  }
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), run.llm_concurrency);
  if (code != std::errc{} || end != text.data() + text.size() || run.llm_concurrency == 0) {
    refuse("--llm_concurrency", text, "write a whole number from 1 to 65536, or auto");
  }
}

void add_model(CLI::App& app, RunOptions& run) {
  Group group(app, "Model");
  if (const char* url = std::getenv("OPENAI_BASE_URL"); url != nullptr && *url != '\0') run.base_url = url;
  if (const char* key = std::getenv("OPENAI_API_KEY"); key != nullptr && *key != '\0') run.api_key = key;
  group.text("--model", "NAME", "model to ask; builtin is the embedded writer, which needs no server",
             run.model);
  group.value("--base_url", "URL", "OpenAI-compatible endpoint; OPENAI_BASE_URL, else", run.base_url,
              [&run](const std::string& text) { run.base_url = text; });
  group.value("--api_key", "KEY", "key of the endpoint; OPENAI_API_KEY, else EMPTY; safer: --api_key_file",
              "", [&run](const std::string& text) { run.api_key = text; });
  group.value("--api_key_file", "FILE", "file that holds the key", "",
              [&run](const std::string& path) { run.api_key = read_key(path); });
  group.value("--llm_concurrency", "N|auto",
              "most calls in flight, over all records; auto finds the best number by trying",
              fmt::format("{}", run.llm_concurrency),
              [&run](const std::string& text) { set_concurrency(run, text); });
  group.number("--rpm", "most requests a minute, retries included; 0 for no limit", run.rpm);
  group.number("--tpm", "most tokens a minute, in and out; 0 for no limit", run.tpm);
  group.value(
      "--temperature", "T", "sampling temperature", fmt::format("{}", run.temperature),
      [&run](const std::string& text) { run.temperature = Group::parse_real("--temperature", text, 0, 2); });
  group.flag("--same_endpoint", "--base_url is where the server of the journal has moved to",
             run.same_endpoint);
}

void add_checks(CLI::App& app, GenerateOptions& run) {
  Group group(app, "Model");
  group.number("--max_retries", "refused replies of one session before it is given up", run.max_retries);
  group.flag("--strict", "never accept a reply with soft faults", run.strict);
}

void add_budget(CLI::App& app, RunOptions& run) {
  Group group(app, "Budget");
  BudgetLimits& budget = run.budget;
  group.amount("--max_cost", "of all starts together; needs --price_in and --price_out", budget.cost);
  group.amount("--price_in", "of a million tokens of prompts, in your currency", run.price_in);
  group.amount("--price_out", "of a million tokens of replies", run.price_out);
  group.limit("--max_tokens_total", "tokens in and out, of all starts together", budget.tokens);
  group.limit("--max_requests", "requests, failed ones and retries included, of all starts together",
              budget.requests);
  group.duration("--max_time", "of this start: seconds, or as 90m, 8h", run.max_time);
}

void add_network(CLI::App& app, RunOptions& run) {
  net::ClientOptions& client = run.client;
  Group group(app, "Network");
  group.seconds("--connect_timeout", "to connect, proxy and TLS included", client.deadlines.connect);
  group.seconds("--idle_timeout", "without a byte of the reply", client.deadlines.idle);
  group.seconds("--timeout", "for a whole call", client.deadlines.total);
  group.seconds("--drain_timeout", "to wait for the calls in flight when stopped", run.drain_timeout);
  group.text("--ca_file", "FILE", "more trusted certificates (PEM)", client.ca_file);
  client.proxy =
      net::ProxySettings::from_environment([](const char* name) -> const char* { return std::getenv(name); });
}

}  // namespace

void add_generate_options(CLI::App& app, GenerateSettings& settings) {
  add_size(app, settings.run);
  add_content(app, settings);
  add_output(app, settings);
  add_model(app, settings.run);
  add_checks(app, settings.run);
  add_budget(app, settings.run);
  add_network(app, settings.run);
}

void add_run_options(CLI::App& app, RunOptions& run, ProgramSettings& settings) {
  add_seed_and_catalog(app, run, settings);
  add_start_and_log(app, run, settings);
  add_model(app, run);
  add_budget(app, run);
  add_network(app, run);
}

void add_preview_option(CLI::App& app, GenerateSettings& settings) {
  Group(app, "Output").flag("--preview", "write one session, show it and no file", settings.preview);
}

void add_program_options(CLI::App& app, ProgramSettings& settings) {
  app.set_help_flag("-h,--help", "show this help")->group("Program");
  app.add_option("--config", settings.config, "TOML file with options")->type_name("FILE")->group("Program");
}

std::uint64_t draw_seed() {
  std::random_device device;
  return (std::uint64_t{device()} << 16) ^ (device() & 0xffff);
}

void settle(GenerateSettings& settings) {
  settings.run.diversify = !settings.no_diversify;
  settings.run.seed_drawn = !settings.seed_given;
  if (settings.run.seed_drawn) settings.run.seed = draw_seed();
}

}  // namespace synthv1::cli
