// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/run_state.h"

#include <algorithm>
#include <utility>

namespace synthv1 {

namespace {

/// No reply has more tokens; a count beyond it is nonsense and would make the sums so.
constexpr std::int64_t kMostTokens = 100'000'000;

void add_tokens(std::int64_t& sum, const std::optional<std::int64_t>& count) {
  if (count && *count >= 0 && *count <= kMostTokens) sum += *count;
}

}  // namespace

CallCounters& CallCounters::operator+=(const CallCounters& other) {
  calls += other.calls;
  kept += other.kept;
  replies += other.replies;
  accepted += other.accepted;
  for (const auto& [label, count] : other.failures) failures[label] += count;
  for (const auto& [kind, count] : other.refused) refused[kind] += count;
  prompt_tokens += other.prompt_tokens;
  completion_tokens += other.completion_tokens;
  return *this;
}

RunState::RunState(Clock& clock, std::uint64_t jitter_seed)
    : clock_(clock), random_(RandomStream(jitter_seed).child("pauses")) {}

void RunState::stop(CallError error) {
  if (fatal_) return;
  fatal_ = std::move(error);
  if (const auto on_stop = std::exchange(on_stop_, nullptr)) on_stop();
}

void RunState::drain(Error why) {
  if (draining_ || fatal_) return;
  draining_ = std::move(why);
  if (const auto on_drain = std::exchange(on_drain_, nullptr)) on_drain();
}

void RunState::count_usage(const Usage& usage) {
  add_tokens(counters_.prompt_tokens, usage.prompt_tokens);
  add_tokens(counters_.completion_tokens, usage.completion_tokens);
}

std::chrono::milliseconds RunState::jitter(std::chrono::milliseconds most) {
  return std::chrono::milliseconds(random_.between(0, std::max<std::int64_t>(most.count(), 0)));
}

}  // namespace synthv1
