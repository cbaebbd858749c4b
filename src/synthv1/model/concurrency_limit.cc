// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/concurrency_limit.h"

#include <algorithm>

namespace synthv1 {

namespace {

constexpr double kCutTo = 0.75;
constexpr double kNearTheLastCut = 0.9;
/// A comparison over less growth drowns in noise; growth that brings less than this is none.
constexpr double kGrowthCompared = 1.25;
constexpr double kLeastGain = 1.05;
constexpr std::uint32_t kRest = 10;
constexpr std::size_t kFewestReplies = 8;

std::uint32_t scaled(std::uint32_t limit, double factor) {
  return static_cast<std::uint32_t>(static_cast<double>(limit) * factor);
}

}  // namespace

ConcurrencyLimit::ConcurrencyLimit(std::uint32_t start, std::uint32_t cap)
    : cap_(cap), limit_(std::min(start, cap)) {}

void ConcurrencyLimit::admitted(std::uint32_t in_flight) {
  if (in_flight >= scaled(limit_, 0.9)) saturated_ = true;
}

void ConcurrencyLimit::load_seen(const ServerLoad& load, std::uint32_t in_flight, std::uint64_t next) {
  if (load.preempted > preempted_ && preempted_) cut(next);
  if (load.preempted) preempted_ = load.preempted;
  last_crowded_ = load.crowded(in_flight);
  if (!load.known()) return;
  ++loads_;
  if (last_crowded_) ++crowded_;
}

void ConcurrencyLimit::replied(std::uint64_t call, double seconds_a_token, std::uint64_t next) {
  if (call < round_began_) return;
  times_.push_back(seconds_a_token);
  if (times_.size() >= std::max<std::size_t>(limit_, kFewestReplies)) end_round(next);
}

void ConcurrencyLimit::cut(std::uint64_t next) {
  ++cuts_;
  cut_at_ = next;
  cut_from_ = limit_;
  limit_ = std::max(scaled(limit_, kCutTo), 1u);
  slow_start_ = false;
  base_.reset();
  rest_ = 0;
  begin_round(next);
}

void ConcurrencyLimit::end_round(std::uint64_t next) {
  const bool crowded = loads_ > 0 ? 2 * crowded_ > loads_ : last_crowded_;
  if (crowded) slow_start_ = false;
  if (saturated_ && clean_ && !crowded && !brought_nothing()) grow();
  begin_round(next);
}

void ConcurrencyLimit::begin_round(std::uint64_t next) {
  round_began_ = next;
  times_.clear();
  clean_ = true;
  saturated_ = false;
  loads_ = crowded_ = 0;
}

/// Little's law: calls in flight by the time that a token takes. The median does not see stragglers.
std::optional<double> ConcurrencyLimit::throughput() {
  const auto middle = times_.begin() + static_cast<std::ptrdiff_t>(times_.size() / 2);
  std::nth_element(times_.begin(), middle, times_.end());
  if (*middle <= 0) return std::nullopt;
  return limit_ / *middle;
}

bool ConcurrencyLimit::brought_nothing() {
  const std::optional<double> made = throughput();
  if (!made) return false;
  if (rest_ > 0) {
    --rest_;
    base_ = Level{limit_, *made};
    return true;
  }
  if (base_ && limit_ > base_->limit && limit_ < base_->limit * kGrowthCompared) return false;
  if (!base_ || limit_ <= base_->limit || *made >= base_->throughput * kLeastGain) {
    base_ = Level{limit_, *made};
    return false;
  }
  limit_ = base_->limit;
  slow_start_ = false;
  rest_ = kRest;
  return true;
}

void ConcurrencyLimit::grow() { limit_ = std::min(limit_ + step(), cap_); }

std::uint32_t ConcurrencyLimit::step() const {
  const std::uint32_t fast = limit_ / 8 + 1;
  if (slow_start_) return limit_;
  if (cuts_ == 0) return fast;
  const std::uint32_t near = scaled(cut_from_, kNearTheLastCut);
  return limit_ < near ? std::min(fast, near - limit_) : limit_ / 50 + 1;
}

}  // namespace synthv1
