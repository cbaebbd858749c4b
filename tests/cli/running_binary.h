// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include <sys/types.h>

namespace synthv1::test {

/// What a run of the program left behind.
struct Outcome {
  int exit_code = 0;
  std::string out;  ///< standard output
  std::string err;  ///< standard error
};

/// The whole of a file; empty where there is none.
std::string slurp(const std::string& path);

/// The program while it runs. It is killed where nobody waited for its end.
class RunningBinary {
 public:
  /// `command`: for a shell, which makes way for the program. `out` and `err`: where it sends both.
  RunningBinary(const std::string& command, std::string out, std::string err);
  RunningBinary(RunningBinary&& other) noexcept;
  RunningBinary& operator=(RunningBinary&&) = delete;
  ~RunningBinary();

  /// Nothing happens where it has ended.
  void send(int signal);
  /// Whether it has ended.
  bool over();
  /// Waits for its end. A program that a signal ended has the exit code that a shell gives it, 128 and more.
  Outcome wait();
  /// Waits until it has said that; false where it ended without, or after ten seconds.
  bool wait_for_message(const std::string& text);
  /// What it has written to standard error so far.
  std::string messages() const { return slurp(err_); }

 private:
  pid_t process_;
  std::optional<int> status_;
  std::string out_, err_;
};

}  // namespace synthv1::test
