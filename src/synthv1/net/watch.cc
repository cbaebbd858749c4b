// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/watch.h"

#include <algorithm>

#include <fmt/core.h>

namespace synthv1::net {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kForever = std::chrono::hours(24 * 365);

/// That much later than now; absurd durations are cut so that the sum cannot overflow.
Clock::time_point after(milliseconds time) {
  return Clock::now() + std::clamp(time, milliseconds(0), kForever);
}

milliseconds tick_of(const Deadlines& deadlines) {
  const milliseconds shortest = std::min({deadlines.connect, deadlines.idle, deadlines.total});
  return std::clamp(shortest / 10, milliseconds(1), milliseconds(100));
}

std::string seconds_of(milliseconds time) {
  return fmt::format("{:g} s", static_cast<double>(time.count()) / 1000);
}

}  // namespace

std::shared_ptr<Watchdog> Watchdog::make(asio::any_io_executor executor, const Deadlines& deadlines) {
  return std::shared_ptr<Watchdog>(new Watchdog(std::move(executor), deadlines));
}

Watchdog::Watchdog(asio::any_io_executor executor, const Deadlines& deadlines)
    : timer_(std::move(executor)), deadlines_(deadlines), period_(tick_of(deadlines)) {}

void Watchdog::add(Watch& watch) {
  watch.place_ = watches_.size();
  watches_.push_back(&watch);
  if (watches_.size() == 1) arm();
}

void Watchdog::remove(Watch& watch) {
  watches_.back()->place_ = watch.place_;
  watches_[watch.place_] = watches_.back();
  watches_.pop_back();
  if (watches_.empty()) timer_.cancel();
}

void Watchdog::arm() {
  timer_.expires_after(period_);
  timer_.async_wait([weak = weak_from_this()](const error_code& error) {
    const auto self = weak.lock();
    if (self && !error && !self->watches_.empty()) self->tick();
  });
}

void Watchdog::tick() {
  const auto now = Clock::now();
  for (Watch* watch : watches_) watch->look(now);
  arm();
}

Watch::Watch(Watchdog& dog) : dog_(dog), total_end_(after(dog.deadlines_.total)), phase_end_(total_end_) {
  dog_.add(*this);
}

Watch::~Watch() { dog_.remove(*this); }

void Watch::begin_connect() {
  phase_end_ = after(dog_.deadlines_.connect);
  phase_fault_ = TransportFault::connect_timeout;
}

void Watch::restart_idle() {
  phase_end_ = after(dog_.deadlines_.idle);
  phase_fault_ = TransportFault::idle_timeout;
}

void Watch::look(Clock::time_point now) {
  if (expired_) return;
  if (now >= total_end_) return expire(TransportFault::total_timeout);
  if (now >= phase_end_) expire(phase_fault_);
}

void Watch::expire(TransportFault fault) {
  expired_ = fault;
  if (waiting_ != nullptr) waiting_->break_off();
}

TransportError Watch::error() const {
  const Deadlines& limits = dog_.deadlines_;
  const TransportFault fault = expired_.value_or(TransportFault::cancelled);
  switch (fault) {
    case TransportFault::connect_timeout:
      return {fault, fmt::format("no connection within {}", seconds_of(limits.connect))};
    case TransportFault::idle_timeout:
      return {fault, fmt::format("nothing was received for {}", seconds_of(limits.idle))};
    case TransportFault::total_timeout:
      return {fault, fmt::format("no whole response within {}", seconds_of(limits.total))};
    default:
      return {fault, "the call was cancelled"};
  }
}

}  // namespace synthv1::net
