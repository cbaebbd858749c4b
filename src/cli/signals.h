// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/generate.h"

#include <stop_token>

namespace synthv1::cli {

/// SIGINT and SIGTERM as a request to stop: the first one in good order, the second at once, the third ends
/// the program. Made once, before other threads.
class Signals {
 public:
  Signals();
  StopTokens tokens() const { return {.drain = drain_.get_token(), .now = now_.get_token()}; }
  /// 130 or 143 where a signal came, else 0.
  static int exit_code();

 private:
  std::stop_source drain_, now_;
};

}  // namespace synthv1::cli
