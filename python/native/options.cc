// SPDX-License-Identifier: Apache-2.0
#include "native/options.h"

#include "cli/sources.h"
#include "cli/verbs.h"
#include "synthv1/base/text.h"

#include <algorithm>
#include <cstdlib>
#include <functional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace synthv1::python {

namespace {

void add_options(CLI::App& app, cli::GenerateSettings& settings) {
  cli::add_generate_options(app, settings);
  cli::add_program_options(app, settings);
}

void add_options(CLI::App& app, cli::EvaluateSettings& settings) { cli::add_evaluate_options(app, settings); }

/// What a file of settings may hold depends on all verbs.
std::vector<std::string> names_in_files() {
  CLI::App app;
  cli::GenerateSettings settings;
  std::function<cli::Outcome()> none;
  add_options(app, settings);
  cli::add_preview_option(app, settings);
  cli::add_verbs(app, none, {});
  return cli::shared_names(app);
}

std::string with_origin(std::string message, const cli::OutsideSettings& outside) {
  if (!message.starts_with("--")) return message;
  const auto origin = outside.origins.find(message.substr(2, message.find_first_of("=: ") - 2));
  return origin == outside.origins.end() ? message : fmt::format("{}: {}", origin->second, message);
}

template <class Settings>
Result<Settings> read_settings(std::vector<std::string> arguments) {
  CLI::App app;
  Settings settings;
  cli::OutsideSettings outside;
  add_options(app, settings);
  try {
    auto read = cli::outside_settings(app, names_in_files(), arguments,
                                      [](const char* name) -> const char* { return std::getenv(name); });
    if (!read) return std::unexpected(std::move(read.error()));
    outside = std::move(*read);
    arguments.insert(arguments.begin(), outside.arguments.begin(), outside.arguments.end());
    std::reverse(arguments.begin(), arguments.end());
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    return fail(ErrorKind::usage, one_line(with_origin(error.what(), outside), 400));
  }
  settle(settings);
  return settings;
}

template <class Settings>
std::vector<std::string> names_of() {
  CLI::App app;
  Settings settings;
  add_options(app, settings);
  std::vector<std::string> names = cli::option_names(app);
  std::erase(names, "help");
  return names;
}

}  // namespace

Result<cli::GenerateSettings> generate_settings(std::vector<std::string> arguments) {
  return read_settings<cli::GenerateSettings>(std::move(arguments));
}

Result<cli::EvaluateSettings> evaluate_settings(std::vector<std::string> arguments) {
  return read_settings<cli::EvaluateSettings>(std::move(arguments));
}

std::vector<std::string> option_names(const std::string& verb) {
  return verb == "evaluate" ? names_of<cli::EvaluateSettings>() : names_of<cli::GenerateSettings>();
}

}  // namespace synthv1::python
