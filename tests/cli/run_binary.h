// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/temporary_folder.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace synthv1::test {

/// What a run of the program left behind.
struct Outcome {
  int exit_code = 0;
  std::string out;  ///< standard output
  std::string err;  ///< standard error
};

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

 private:
  std::filesystem::path work() const { return root_.path() / "work"; }

  TemporaryFolder root_;
};

}  // namespace synthv1::test
