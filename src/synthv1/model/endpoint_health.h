// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"
#include "synthv1/model/clock.h"
#include "synthv1/model/failure.h"

#include <cstdint>
#include <optional>
#include <string>

namespace synthv1 {

/// What an endpoint has done so far, and what a failure therefore means.
class EndpointHealth {
 public:
  /// A call has succeeded.
  void succeeded();
  bool has_succeeded() const { return has_succeeded_; }

  /// Turns a failure into what it means now. Unreachable: capacity, until nothing has been reached for 3 s
  /// (30 s once a call has succeeded), then fatal_run. Keys refused: fatal_run unless a call has succeeded.
  /// The third fatal item without a success: fatal_run. Fatal errors name their cure, and the first fatal_run
  /// stays.
  CallError judge(Failure failure, Clock::TimePoint now);

  /// The failure that ended the run, if one has: no call is to be sent any more.
  const std::optional<CallError>& fatal() const { return fatal_; }

 private:
  void judge_unreachable(Failure& failure, Clock::TimePoint now);
  void judge_item(Failure& failure);

  bool has_succeeded_ = false;
  std::uint32_t fatal_items_ = 0;
  std::optional<Clock::TimePoint> unreachable_since_;
  std::optional<CallError> fatal_;
};

}  // namespace synthv1
