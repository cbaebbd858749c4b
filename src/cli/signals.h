// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>

namespace synthv1::cli {

/// SIGINT and SIGTERM as a request to stop. The second one ends the program at once. Made once, before other
/// threads.
class Signals {
 public:
  Signals();
  std::stop_token token() const { return source_.get_token(); }
  /// 130 or 143 where a signal came, else 0.
  static int exit_code();

 private:
  std::stop_source source_;
};

}  // namespace synthv1::cli
