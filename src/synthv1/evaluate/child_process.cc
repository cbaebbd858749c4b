// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/child_process.h"

#include "synthv1/net/await.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

#include <boost/asio/buffer.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace synthv1 {

namespace {

using namespace asio::experimental::awaitable_operators;
using std::chrono::milliseconds;

constexpr std::size_t kLongestLine = std::size_t{16} << 20;
constexpr milliseconds kToEnd{1'000};
constexpr milliseconds kBetweenLooks{10};

std::unexpected<Error> cannot_start(int code) {
  return fail(ErrorKind::disk, fmt::format("cannot start the agent: {}", std::strerror(code)));
}

/// In a group of its own, so that what the shell started ends with it, and Ctrl-C is ours to pass on.
Result<int> spawn(const std::string& command, int socket) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, socket, STDOUT_FILENO);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  std::string shell = "/bin/sh", option = "-c", text = command;
  std::array<char*, 4> arguments = {shell.data(), option.data(), text.data(), nullptr};
  pid_t process = 0;
  const int code = ::posix_spawn(&process, shell.c_str(), &actions, &attributes, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  if (code != 0) return cannot_start(code);
  return process;
}

}  // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const asio::any_io_executor& executor,
                                                          const std::string& command) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return cannot_start(errno);
  const Result<int> process = spawn(command, ends[1]);
  ::close(ends[1]);
  if (process) return std::unique_ptr<ChildProcess>(new ChildProcess(executor, ends[0], *process));
  ::close(ends[0]);
  return std::unexpected(process.error());
}

ChildProcess::ChildProcess(const asio::any_io_executor& executor, int socket, int process)
    : socket_(executor, asio::local::stream_protocol(), socket), process_(process) {}

ChildProcess::~ChildProcess() {
  boost::system::error_code ignored;
  socket_.close(ignored);
  if (process_ <= 0) return;
  for (milliseconds waited{0}; waited < kToEnd; waited += kBetweenLooks) {
    if (::waitpid(process_, nullptr, WNOHANG) != 0) return;
    std::this_thread::sleep_for(kBetweenLooks);
  }
  ::kill(-process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

asio::awaitable<Result<std::string>> ChildProcess::exchange(std::string line, milliseconds timeout) {
  line.push_back('\n');
  asio::steady_timer too_late(co_await asio::this_coro::executor, timeout);
  const auto answered = [&]() -> asio::awaitable<boost::system::error_code> {
    const auto [unwritten, written] = co_await asio::async_write(socket_, asio::buffer(line), net::kAwait);
    if (unwritten) co_return unwritten;
    const auto [unread, size] = co_await asio::async_read_until(
        socket_, asio::dynamic_buffer(received_, kLongestLine), '\n', net::kAwait);
    co_return unread;
  };
  const auto outcome = co_await (answered() || too_late.async_wait(net::kAwait));
  const auto cancellation = co_await asio::this_coro::cancellation_state;
  if (cancellation.cancelled() != asio::cancellation_type::none)
    co_return fail(ErrorKind::stopped, "stopped");
  if (outcome.index() == 1) {
    co_return fail(ErrorKind::endpoint, fmt::format("the agent did not answer within {} s (--agent_timeout)",
                                                    timeout.count() / 1000));
  }
  if (std::get<0>(outcome)) co_return fail(ErrorKind::endpoint, why_ended());
  const std::size_t end = received_.find('\n');
  std::string reply = received_.substr(0, end);
  received_.erase(0, end + 1);
  co_return reply;
}

std::string ChildProcess::why_ended() {
  if (received_.size() >= kLongestLine) return "the agent sent more than 16 MB without a line break";
  int status = 0;
  for (milliseconds waited{0}; waited < kToEnd; waited += kBetweenLooks) {
    if (::waitpid(process_, &status, WNOHANG) == process_) {
      process_ = 0;
      if (WIFSIGNALED(status)) return fmt::format("the agent was ended by signal {}", WTERMSIG(status));
      return fmt::format("the agent ended with exit code {}", WEXITSTATUS(status));
    }
    std::this_thread::sleep_for(kBetweenLooks);
  }
  return "the agent closed its output";
}

}  // namespace synthv1
