// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/running_binary.h"

#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>
#include <utility>

#include <sys/wait.h>
#include <unistd.h>

namespace synthv1::test {

namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 10s;
constexpr auto kNap = 2ms;

int exit_code_of(int status) { return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status); }

}  // namespace

std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

RunningBinary::RunningBinary(const std::string& command, std::string out, std::string err)
    : process_(-1), out_(std::move(out)), err_(std::move(err)) {
  std::ofstream(err_).close();  // what an earlier run said
  process_ = ::fork();
  if (process_ != 0) return;
  ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
  ::_exit(127);
}

RunningBinary::RunningBinary(RunningBinary&& other) noexcept
    : process_(std::exchange(other.process_, -1)),
      status_(other.status_),
      out_(std::move(other.out_)),
      err_(std::move(other.err_)) {}

RunningBinary::~RunningBinary() {
  if (process_ < 0 || over()) return;
  send(SIGKILL);
  wait();
}

void RunningBinary::send(int signal) {
  if (!over()) ::kill(process_, signal);
}

bool RunningBinary::over() {
  int status = 0;
  if (!status_ && ::waitpid(process_, &status, WNOHANG) == process_) status_ = status;
  return status_.has_value();
}

Outcome RunningBinary::wait() {
  int status = 0;
  if (!status_ && ::waitpid(process_, &status, 0) == process_) status_ = status;
  return {.exit_code = exit_code_of(status_.value_or(0)), .out = slurp(out_), .err = slurp(err_)};
}

bool RunningBinary::wait_for_message(const std::string& text) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (std::chrono::steady_clock::now() < end) {
    const bool last = over();
    if (messages().find(text) != std::string::npos) return true;
    if (last) return false;
    std::this_thread::sleep_for(kNap);
  }
  return false;
}

}  // namespace synthv1::test
