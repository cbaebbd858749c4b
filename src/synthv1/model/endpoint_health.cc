// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/endpoint_health.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::chrono::seconds kPatienceAtFirst{3};
constexpr std::chrono::seconds kPatience{30};
constexpr std::uint32_t kFatalItems = 3;

}  // namespace

void EndpointHealth::succeeded() {
  has_succeeded_ = true;
  unreachable_since_.reset();
}

CallError EndpointHealth::judge(Failure failure, Clock::TimePoint now) {
  CallError& error = failure.error;
  if (error.unreachable) {
    judge_unreachable(failure, now);
  } else if (error.label != "cancelled") {
    unreachable_since_.reset();
    judge_item(failure);
  }
  if (failure.fatal_at_first && has_succeeded_) error.kind = CallClass::transient;
  const bool fatal = error.kind == CallClass::fatal_run || error.kind == CallClass::fatal_item;
  if (fatal && !failure.cure.empty()) error.message.append("; ").append(failure.cure);
  if (error.kind != CallClass::fatal_run) return std::move(error);
  if (!fatal_) fatal_ = error;
  return *fatal_;
}

void EndpointHealth::judge_unreachable(Failure& failure, Clock::TimePoint now) {
  if (!unreachable_since_) unreachable_since_ = now;
  const auto patience = has_succeeded_ ? kPatience : kPatienceAtFirst;
  const bool too_long = now - *unreachable_since_ >= patience;
  failure.error.kind = too_long ? CallClass::fatal_run : CallClass::capacity;
  if (too_long) failure.error.message += fmt::format(", for {} s", patience.count());
}

void EndpointHealth::judge_item(Failure& failure) {
  if (failure.error.kind != CallClass::fatal_item || has_succeeded_) return;
  if (++fatal_items_ < kFatalItems) return;
  failure.error.kind = CallClass::fatal_run;
}

}  // namespace synthv1
