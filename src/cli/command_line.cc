// SPDX-License-Identifier: Apache-2.0
#include "cli/command_line.h"

#include "cli/arguments.h"
#include "cli/completions.h"
#include "cli/settings.h"
#include "cli/signals.h"
#include "cli/sources.h"
#include "cli/verbs.h"
#include "synthv1/base/text.h"
#include "synthv1/base/version.h"

#include <algorithm>
#include <cstdlib>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace synthv1::cli {

namespace {

constexpr std::string_view kDescription =
    "Writes expense-tracking conversations with known answers.\n"
    "Without a verb, or with 'generate', a dataset is generated; --model builtin needs no server.";
constexpr std::string_view kFooter =
    "Every option can be written --num_sessions=30 or --num-sessions 30, stand in the file of --config as\n"
    "num_sessions = 30, or in the environment as SYNTHV1_NUM_SESSIONS=30; the earlier wins.";

int exit_code(const Error& error) {
  switch (error.kind) {
    case ErrorKind::faulty:
      return 1;
    case ErrorKind::usage:
      return 2;
    case ErrorKind::endpoint:
      return 3;
    case ErrorKind::budget:
      return 4;
    case ErrorKind::disk:
      return 5;
    case ErrorKind::stopped:
      return std::max(Signals::exit_code(), 130);
  }
  return 2;
}

int report(const Error& error) {
  fmt::print(stderr, "synthv1: {}\n", error.message);
  return exit_code(error);
}

bool is_verb(const CLI::App& app, const std::string& word) {
  const auto same = [&](const CLI::App* verb) { return verb->get_name() == word; };
  return !app.get_subcommands(same).empty();
}

/// A verb behind options, which it would not take.
Error late_verb(const std::string& verb) {
  return {ErrorKind::usage,
          fmt::format("'{0}' stands behind options; write the verb first: synthv1 {0} ...", verb)};
}

/// The argument that nothing takes, with the nearest right one.
Error unknown_argument(const CLI::App& app, const std::string& argument) {
  const CLI::App* verb = app.get_subcommands().empty() ? &app : app.get_subcommands().front();
  if (verb != &app && (argument == "generate" || is_verb(app, argument))) {
    return {ErrorKind::usage,
            fmt::format("'{}' and '{}' are both verbs: name one", verb->get_name(), argument)};
  }
  if (argument == "generate") return late_verb(argument);
  if (!argument.starts_with("-")) {
    std::vector<std::string> verbs{"generate"};
    for (const CLI::App* other : app.get_subcommands([](const CLI::App*) { return true; })) {
      verbs.push_back(other->get_name());
    }
    const auto near = nearest(argument, std::span<const std::string>(verbs));
    const std::string cure = near ? fmt::format("did you mean '{}'?", *near)
                                  : fmt::format("the verbs are {}", fmt::join(verbs, ", "));
    return {ErrorKind::usage, fmt::format("there is no verb '{}'; {}", argument, cure)};
  }
  const std::string flag = argument.substr(0, argument.find('='));
  const std::string program = verb == &app ? "synthv1" : "synthv1 " + verb->get_name();
  std::vector<std::string> flags;
  for (const std::string& name : option_names(*verb)) flags.push_back("--" + name);
  const auto near = nearest(flag, std::span<const std::string>(flags));
  return {ErrorKind::usage, near ? fmt::format("there is no option {}; did you mean {}?", flag, *near)
                                 : fmt::format("there is no option {}; {} --help lists them", flag, program)};
}

/// A parse error of the library as one line of ours, with the file or variable that a wrong value came from.
Error parse_error(const CLI::App& app, const CLI::ParseError& error, const OutsideSettings& outside) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError)) {
    const std::vector<std::string> extras = app.remaining(true);
    const auto flag =
        std::find_if(extras.begin(), extras.end(), [](const auto& extra) { return extra.starts_with("-"); });
    return unknown_argument(app, flag != extras.end() ? *flag : extras.front());
  }
  std::string message = error.what();
  if (message.starts_with("--")) {
    const std::size_t end = message.find_first_of("=: ");
    const auto origin = outside.origins.find(message.substr(2, end - 2));
    if (origin != outside.origins.end()) message = fmt::format("{}: {}", origin->second, message);
  }
  return {ErrorKind::usage, one_line(message, 400)};
}

void describe(CLI::App& app) {
  app.set_version_flag("--version", "synthv1 " + std::string(kVersion))->group("Program");
  app.footer(std::string(kFooter));
  app.get_formatter()->column_width(36);
}

}  // namespace

int run_command_line(std::vector<std::string> arguments, const StopTokens& stop) {
  CLI::App app(std::string(kDescription), "synthv1");
  GenerateSettings settings;
  add_generate_options(app, settings);
  add_preview_option(app, settings);
  add_program_options(app, settings);
  describe(app);
  std::function<Outcome()> chosen = [&] { return run_generate(settings, stop); };
  add_verbs(app, chosen, stop);

  arguments = fold_option_names(std::move(arguments));
  const bool names_generate = !arguments.empty() && arguments.front() == "generate";
  if (names_generate) arguments.erase(arguments.begin());
  const bool names_verb = !arguments.empty() && is_verb(app, arguments.front());

  OutsideSettings outside;
  try {
    const CLI::App& verb = names_verb ? *app.get_subcommand(arguments.front()) : app;
    if (takes_outside_settings(verb)) {
      Result<OutsideSettings> read =
          outside_settings(verb, shared_names(app), arguments,
                           [](const char* name) -> const char* { return std::getenv(name); });
      if (!read) return report(read.error());
      outside = std::move(*read);
    }
    arguments.insert(arguments.begin() + (names_verb ? 1 : 0), outside.arguments.begin(),
                     outside.arguments.end());
    std::reverse(arguments.begin(), arguments.end());
    app.parse(arguments);
  } catch (const CLI::Success& help_or_version) {
    return app.exit(help_or_version);
  } catch (const CLI::ParseError& error) {
    return report(parse_error(app, error, outside));
  }
  if (!names_verb && !app.get_subcommands().empty()) {
    return report(late_verb(app.get_subcommands().front()->get_name()));
  }
  const Outcome outcome = chosen();
  return outcome ? *outcome : report(outcome.error());
}

}  // namespace synthv1::cli
