// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/run_binary.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

#include <fmt/format.h>
#include <sys/wait.h>

namespace synthv1::test {

namespace fs = std::filesystem;

namespace {

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

int exit_code_of(int status) { return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status); }

}  // namespace

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

Outcome Folder::run(std::string_view arguments, std::string_view variables) const {
  const std::string command = fmt::format(
      "cd '{0}/work' && env -i PATH=\"$PATH\" HOME=\"$HOME\" ASAN_OPTIONS=\"$ASAN_OPTIONS\" {1} '{2}' {3} "
      "> '{0}/out' 2> '{0}/err'",
      root_.path().string(), variables, SYNTHV1_BINARY, arguments);
  const int status = std::system(command.c_str());
  return {
      .exit_code = exit_code_of(status), .out = slurp(root_.path("out")), .err = slurp(root_.path("err"))};
}

}  // namespace synthv1::test
