// SPDX-License-Identifier: Apache-2.0
#include "cli/completions.h"

#include "cli/sources.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace synthv1::cli {

namespace {

std::string options_of(const CLI::App& app) {
  std::string words;
  for (const std::string& name : option_names(app)) words += (words.empty() ? "--" : " --") + name;
  return words;
}

std::vector<const CLI::App*> verbs_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

std::string verb_names(const CLI::App& app) {
  std::string words = "generate";
  for (const CLI::App* verb : verbs_of(app)) words += " " + verb->get_name();
  return words;
}

std::string bash(const CLI::App& app) {
  std::string cases;
  for (const CLI::App* verb : verbs_of(app)) {
    cases += fmt::format("    {}) options=\"{}\" ;;\n", verb->get_name(), options_of(*verb));
  }
  return fmt::format(R"(_synthv1() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}" options="{}"
  case "${{COMP_WORDS[1]}}" in
{}  esac
  if [[ "$word" == --* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  elif [[ "$COMP_CWORD" == 1 ]]; then
    COMPREPLY=($(compgen -W "{}" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}}
complete -o filenames -F _synthv1 synthv1
)",
                     options_of(app), cases, verb_names(app));
}

std::string fish(const CLI::App& app) {
  std::string text = fmt::format("complete -c synthv1 -n __fish_use_subcommand -a \"{}\"\n", verb_names(app));
  const auto add = [&text](const CLI::App& verb, const std::string& condition) {
    for (const std::string& name : option_names(verb)) {
      text += fmt::format("complete -c synthv1 -n '{}' -l {}\n", condition, name);
    }
  };
  std::string others;
  for (const CLI::App* verb : verbs_of(app)) others += " " + verb->get_name();
  add(app, "not __fish_seen_subcommand_from" + others);
  for (const CLI::App* verb : verbs_of(app)) add(*verb, "__fish_seen_subcommand_from " + verb->get_name());
  return text;
}

}  // namespace

Result<std::string> completion_script(const CLI::App& app, const std::string& shell) {
  if (shell == "bash") return bash(app);
  if (shell == "zsh") return "#compdef synthv1\nautoload -U +X bashcompinit && bashcompinit\n" + bash(app);
  if (shell == "fish") return fish(app);
  return fail(ErrorKind::usage,
              fmt::format("there are completions for bash, zsh and fish, not for '{}'", shell));
}

}  // namespace synthv1::cli
