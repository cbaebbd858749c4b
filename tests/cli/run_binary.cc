// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/run_binary.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <vector>

#include <fmt/format.h>
#include <stdlib.h>
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

Folder::Folder() {
  std::string name = (fs::temp_directory_path() / "synthv1-test-XXXXXX").string();
  path_ = ::mkdtemp(name.data());
  fs::create_directory(path_ / "work");
}

Folder::~Folder() { fs::remove_all(path_); }

std::string Folder::read(std::string_view name) const { return slurp(path_ / "work" / name); }

void Folder::write(std::string_view name, std::string_view text) const {
  std::ofstream(path_ / "work" / name, std::ios::binary) << text;
}

std::string Folder::listing() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path_ / "work")) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return fmt::format("{}", fmt::join(names, " "));
}

Outcome Folder::run(std::string_view arguments, std::string_view variables) const {
  const std::string command = fmt::format(
      "cd '{0}/work' && env -i PATH=\"$PATH\" HOME=\"$HOME\" ASAN_OPTIONS=\"$ASAN_OPTIONS\" {1} '{2}' {3} "
      "> '{0}/out' 2> '{0}/err'",
      path_.string(), variables, SYNTHV1_BINARY, arguments);
  const int status = std::system(command.c_str());
  return {.exit_code = exit_code_of(status), .out = slurp(path_ / "out"), .err = slurp(path_ / "err")};
}

}  // namespace synthv1::test
