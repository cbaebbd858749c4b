// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/budget.h"

#include "synthv1/net/await.h"

#include <algorithm>

#include <boost/asio/this_coro.hpp>
#include <fmt/format.h>

namespace synthv1 {

namespace {

TokenCount operator+(const TokenCount& a, const TokenCount& b) {
  return {.prompt = a.prompt + b.prompt, .completion = a.completion + b.completion};
}

TokenCount operator-(const TokenCount& a, const TokenCount& b) {
  return {.prompt = a.prompt - b.prompt, .completion = a.completion - b.completion};
}

/// Whether a failed call may have been answered all the same, and be paid for: it was cut off on this side or
/// on the way. A status says that it was not.
bool may_be_paid_for(const CallError& error) {
  if (!error.sent || error.unreachable) return false;
  if (error.label == "cancelled") return true;
  return error.kind == CallClass::transient && error.label.find_first_of("0123456789") == std::string::npos;
}

}  // namespace

Spending Budget::total() const {
  return {.requests = before_.requests + spent_.requests,
          .counted = before_.counted + spent_.counted,
          .estimated = before_.estimated + spent_.estimated};
}

std::optional<double> Budget::cost() const {
  if (!limits_.prices) return std::nullopt;
  const Spending all = total();
  return cost_of(all.counted + all.estimated, *limits_.prices);
}

bool Budget::fits(const TokenCount& tokens) const {
  if (limits_.tokens && tokens.total() > *limits_.tokens) return false;
  return !limits_.cost || !limits_.prices || cost_of(tokens, *limits_.prices) <= *limits_.cost;
}

Budget::Room Budget::room_for(const TokenCount& need) const {
  const Spending all = total();
  if (limits_.requests && all.requests + in_flight_ >= *limits_.requests) return Room::never;
  const TokenCount used = all.counted + all.estimated;
  if (fits(used + reserved_ + need)) return Room::yes;
  return in_flight_ > 0 ? Room::later : Room::never;
}

std::string Budget::reached() const {
  const Spending all = total();
  if (limits_.requests && all.requests + in_flight_ >= *limits_.requests)
    return fmt::format("--max_requests={} is reached", *limits_.requests);
  if (limits_.tokens && limits_.cost && limits_.prices) {
    return fmt::format(
        "--max_tokens_total={} or --max_cost={} leaves no room for another call: {} tokens are used, "
        "at a cost of {:.4f}",
        *limits_.tokens, *limits_.cost, all.tokens(), cost().value_or(0));
  }
  if (limits_.tokens) {
    return fmt::format("--max_tokens_total={} leaves no room for another call: {} tokens are used",
                       *limits_.tokens, all.tokens());
  }
  return fmt::format("--max_cost={} leaves no room for another call: {:.4f} is used",
                     limits_.cost.value_or(0), cost().value_or(0));
}

void Budget::reserve(const TokenCount& tokens) {
  reserved_ = reserved_ + tokens;
  ++in_flight_;
}

void Budget::settle(const TokenCount& reserved, const ChatRequest& request,
                    const std::expected<ChatReply, CallError>& outcome) {
  reserved_ = reserved_ - reserved;
  --in_flight_;
  if (outcome) {
    count(request, *outcome);
  } else if (outcome.error().sent) {
    ++spent_.requests;
    if (may_be_paid_for(outcome.error())) spent_.estimated = spent_.estimated + estimator_.expected(request);
  }
  if (on_settled_) on_settled_();
}

void Budget::count(const ChatRequest& request, const ChatReply& reply) {
  ++spent_.requests;
  const TokenCount taken = estimator_.taken(request, reply);
  const bool prompt = reply.usage.prompt_tokens.has_value();
  const bool completion = reply.usage.completion_tokens.has_value();
  const TokenCount counted{.prompt = prompt ? taken.prompt : 0,
                           .completion = completion ? taken.completion : 0};
  spent_.counted = spent_.counted + counted;
  spent_.estimated = spent_.estimated + (taken - counted);
  estimator_.learn(request, reply);
}

class BudgetedModel final : public ChatModel {
 public:
  BudgetedModel(std::unique_ptr<ChatModel> inner, Budget& budget, RunState& run)
      : inner_(std::move(inner)), budget_(budget), run_(run) {}

  asio::awaitable<std::expected<ChatReply, CallError>> call(const ChatRequest& request) override {
    const auto executor = co_await asio::this_coro::executor;
    if (!settled_) settled_.emplace(executor);
    const TokenCount need = budget_.estimator_.most(request);
    Budget::Room room = budget_.room_for(need);
    while (room == Budget::Room::later && !run_.draining()) {
      if (co_await settled_->wait() == net::Woken::by_cancellation) co_return std::unexpected(not_sent());
      room = budget_.room_for(need);
    }
    if (room == Budget::Room::never && !run_.draining()) {
      run_.drain({ErrorKind::budget, budget_.reached() + "; raise it to go on"});
    }
    if (run_.draining()) co_return std::unexpected(not_sent());
    budget_.reserve(need);
    auto outcome = co_await inner_->call(request);
    budget_.settle(need, request, outcome);
    settled_->signal();
    co_return outcome;
  }

  void judged(const ChatRequest& request, const ChatReply& reply, const ReplyVerdict& verdict) override {
    inner_->judged(request, reply, verdict);
  }

 private:
  std::unique_ptr<ChatModel> inner_;
  Budget& budget_;
  RunState& run_;
  std::optional<net::Event> settled_;  ///< a call has ended
};

std::unique_ptr<ChatModel> with_budget(std::unique_ptr<ChatModel> inner, Budget& budget, RunState& run) {
  return std::make_unique<BudgetedModel>(std::move(inner), budget, run);
}

}  // namespace synthv1
