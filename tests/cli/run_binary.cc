// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/run_binary.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <vector>

#include <fmt/format.h>
#include <sys/wait.h>

namespace synthv1::test {

namespace fs = std::filesystem;

Folder::Folder() { fs::create_directory(work()); }

std::string Folder::read(std::string_view name) const { return slurp(work() / name); }

void Folder::write(std::string_view name, std::string_view text) const {
  std::ofstream(work() / name, std::ios::binary) << text;
}

std::string Folder::listing() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(work())) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return fmt::format("{}", fmt::join(names, " "));
}

std::string Folder::command(std::string_view start, std::string_view arguments,
                            std::string_view variables) const {
  return fmt::format(
      "cd '{0}/work' && {1} -i PATH=\"$PATH\" HOME=\"$HOME\" ASAN_OPTIONS=\"$ASAN_OPTIONS\" {2} '{3}' {4} "
      "> '{0}/out' 2> '{0}/err'",
      root_.path().string(), start, variables, SYNTHV1_BINARY, arguments);
}

RunningBinary Folder::run_command(const std::string& command) const {
  return {command, root_.path("out"), root_.path("err")};
}

Outcome Folder::run(std::string_view arguments, std::string_view variables) const {
  return run_command(command("env", arguments, variables)).wait();
}

RunningBinary Folder::start(std::string_view arguments, std::string_view variables) const {
  return run_command(command("exec env", arguments, variables));
}

}  // namespace synthv1::test
