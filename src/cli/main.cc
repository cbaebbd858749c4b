// SPDX-License-Identifier: Apache-2.0
#include "cli/command_line.h"
#include "cli/signals.h"

#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>
#include <sys/resource.h>

namespace {

/// As many open files as the system allows: each call in flight takes one.
void raise_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int argc, char** argv) try {
  raise_file_limit();
  const synthv1::cli::Signals signals;
  return synthv1::cli::run_command_line({argv + 1, argv + argc}, signals.tokens());
} catch (const std::exception& bug) {
  fmt::print(stderr,
             "synthv1: internal error: {}\nThis is a bug: please report it with the command line above.\n",
             bug.what());
  return 70;
}
