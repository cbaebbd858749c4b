// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/cli/running_binary.h"
#include "tests/support/temporary_folder.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace synthv1::test {

/// A folder of its own for a test, gone with it.
class Folder {
 public:
  Folder();

  /// Outside of the folder that the program runs in.
  std::string path(std::string_view name) const { return root_.path(name); }
  std::string read(std::string_view name) const;
  void write(std::string_view name, std::string_view text) const;
  /// The names of what is in it, sorted and joined by spaces.
  std::string listing() const;

  /// Runs the built program in this folder with arguments and variables as a shell reads them. No SYNTHV1_*,
  /// OPENAI_* or proxy variable comes in from outside.
  Outcome run(std::string_view arguments, std::string_view variables = "") const;
  /// Starts it likewise, alone and one at a time.
  RunningBinary start(std::string_view arguments, std::string_view variables = "") const;

  /// Where the program runs.
  std::filesystem::path work() const { return root_.path() / "work"; }

 private:
  /// What a shell is to run: the program in its folder, by way of `start`.
  std::string command(std::string_view start, std::string_view arguments, std::string_view variables) const;
  RunningBinary run_command(const std::string& command) const;

  TemporaryFolder root_;
};

}  // namespace synthv1::test
