// SPDX-License-Identifier: Apache-2.0
#include "cli/sources.h"

#include "synthv1/base/file.h"
#include "synthv1/base/text.h"

#include <algorithm>
#include <optional>
#include <sstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <toml++/toml.h>

namespace synthv1::cli {

namespace {

bool names_one(const std::vector<std::string>& arguments, const std::string& name) {
  return std::any_of(arguments.begin(), arguments.end(), [&](const std::string& argument) {
    return argument == "--" + name || argument.starts_with("--" + name + "=");
  });
}

/// Whether the arguments give this option, or the other of the two that say the key.
bool given(const std::vector<std::string>& arguments, const std::string& name) {
  const bool key = name == "api_key" || name == "api_key_file";
  return names_one(arguments, name) ||
         (key && (names_one(arguments, "api_key") || names_one(arguments, "api_key_file")));
}

/// The value that follows --name in the arguments.
std::optional<std::string> value_of(const std::vector<std::string>& arguments, const std::string& name) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i].starts_with("--" + name + "=")) return arguments[i].substr(name.size() + 3);
    if (arguments[i] == "--" + name && i + 1 < arguments.size()) return arguments[i + 1];
  }
  return std::nullopt;
}

std::string upper(std::string_view name) {
  std::string text(name);
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return text;
}

/// A TOML value as it would stand on the command line.
std::string as_argument(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  std::ostringstream out;
  node.visit([&](const auto& value) { out << value; });
  return std::move(out).str();
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Result<void> read_config(const std::string& path, const std::vector<std::string>& names,
                         const std::vector<std::string>& shared, const std::vector<std::string>& arguments,
                         OutsideSettings& out) {
  const Result<std::string> text = read_file(path);
  if (!text) return fail(ErrorKind::usage, fmt::format("--config: {}", text.error().message));
  toml::table table;
  try {
    table = toml::parse(*text, path);
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::usage,
                fmt::format("{}, line {}: {}", path, error.source().begin.line, error.description()));
  }
  for (const auto& [key, node] : table) {
    std::string name(key.str());
    std::replace(name.begin(), name.end(), '-', '_');
    const std::string origin = fmt::format("{}, line {}", path, node.source().begin.line);
    if (!contains(shared, name) || name == "config") {
      const auto near = nearest(name, std::span<const std::string>(shared));
      return fail(ErrorKind::usage,
                  fmt::format("{}: there is no option '{}'{}", origin, name,
                              near ? fmt::format("; did you mean '{}'?", *near) : std::string()));
    }
    if (node.is_table() || node.is_array()) {
      return fail(ErrorKind::usage, fmt::format("{}: '{}' takes one value", origin, name));
    }
    if (!contains(names, name) || given(arguments, name)) continue;
    out.arguments.push_back(fmt::format("--{}={}", name, as_argument(node)));
    out.origins.emplace(name, origin);
  }
  return {};
}

}  // namespace

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back(name);
  }
  return names;
}

std::vector<std::string> shared_names(const CLI::App& app) {
  std::vector<std::string> names = option_names(app);
  for (const CLI::App* verb :
       app.get_subcommands([](const CLI::App* verb) { return takes_outside_settings(*verb); })) {
    for (std::string& name : option_names(*verb)) names.push_back(std::move(name));
  }
  return names;
}

bool takes_outside_settings(const CLI::App& app) { return app.get_option_no_throw("--config") != nullptr; }

Result<OutsideSettings> outside_settings(const CLI::App& app, const std::vector<std::string>& shared,
                                         const std::vector<std::string>& arguments,
                                         const char* (*variable)(const char*)) {
  OutsideSettings out;
  const std::vector<std::string> names = option_names(app);
  std::optional<std::string> config = value_of(arguments, "config");
  if (const char* path = variable("SYNTHV1_CONFIG"); !config && path != nullptr && *path != '\0')
    config = path;
  if (config) {
    if (auto done = read_config(*config, names, shared, arguments, out); !done)
      return std::unexpected(done.error());
  }
  const std::vector<std::string> from_file = out.arguments;
  for (const std::string& name : names) {
    if (name == "help" || name == "version" || name == "config") continue;
    const std::string origin = "SYNTHV1_" + upper(name);
    const char* value = variable(origin.c_str());
    if (value == nullptr || given(arguments, name) || given(from_file, name)) continue;
    out.arguments.push_back(fmt::format("--{}={}", name, value));
    out.origins.emplace(name, origin);
  }
  return out;
}

}  // namespace synthv1::cli
