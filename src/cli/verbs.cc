// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs.h"

#include <fmt/format.h>

#include <memory>

#include "cli/completions.h"
#include "cli/open_catalogue.h"

namespace synthv1::cli {

namespace {

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

Outcome print_catalogue(const std::string& path) {
  const auto sources = catalogue_sources(path);
  if (!sources) return std::unexpected(sources.error());
  const Result<std::string> text = merge_catalogue(*sources);
  if (!text) return std::unexpected(text.error());
  print(*text);
  return 0;
}

void add_catalog(CLI::App& app, std::function<Outcome()>& chosen) {
  CLI::App* verb = app.add_subcommand("catalog", "print the catalogue in use, as TOML");
  const auto path = std::make_shared<std::string>();
  verb->add_option("--catalog", *path, "TOML laid over the default catalogue")->type_name("FILE");
  verb->callback([path, &chosen] { chosen = [path] { return print_catalogue(*path); }; });
}

void add_completions(CLI::App& app, std::function<Outcome()>& chosen) {
  CLI::App* verb = app.add_subcommand("completions", "print a completion script for bash, zsh or fish");
  const auto shell = std::make_shared<std::string>();
  verb->add_option("SHELL", *shell, "bash, zsh or fish")->required();
  verb->callback([shell, &app, &chosen] {
    chosen = [shell, &app]() -> Outcome {
      const Result<std::string> script = completion_script(app, *shell);
      if (!script) return std::unexpected(script.error());
      print(*script);
      return 0;
    };
  });
}

}  // namespace

void add_verbs(CLI::App& app, std::function<Outcome()>& chosen) {
  app.require_subcommand(0, 1);
  add_catalog(app, chosen);
  add_completions(app, chosen);
}

}  // namespace synthv1::cli
