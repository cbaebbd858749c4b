// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"
#include "synthv1/model/journal_rows.h"
#include "synthv1/model/prices.h"
#include "synthv1/model/run_state.h"
#include "synthv1/model/token_estimate.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace synthv1 {

/// What a run may use, all its starts together.
struct BudgetLimits {
  std::optional<double> cost;  ///< needs prices
  std::optional<std::int64_t> tokens;
  std::optional<std::uint64_t> requests;
  std::optional<Prices> prices;
};

/// Keeps the account of a run. One thread.
class Budget {
 public:
  /// `before`: what earlier starts have used.
  explicit Budget(BudgetLimits limits, const Spending& before = {}) : limits_(limits), before_(before) {}

  /// Called whenever a call has ended and its use is known.
  void set_on_settled(std::function<void()> on_settled) { on_settled_ = std::move(on_settled); }

  /// What this start has used.
  const Spending& spending() const { return spent_; }
  /// What all starts have used; estimates included.
  Spending total() const;
  /// Nothing where there are no prices.
  std::optional<double> cost() const;

 private:
  friend class BudgetedModel;
  enum class Room : std::uint8_t { yes, later, never };

  Room room_for(const TokenCount& need) const;
  std::string reached() const;
  bool fits(const TokenCount& tokens) const;
  void reserve(const TokenCount& tokens);
  void settle(const TokenCount& reserved, const ChatRequest& request,
              const std::expected<ChatReply, CallError>& outcome);
  void count(const ChatRequest& request, const ChatReply& reply);

  BudgetLimits limits_;
  Spending before_;
  Spending spent_;
  TokenCount reserved_;
  std::uint32_t in_flight_ = 0;
  TokenEstimator estimator_;
  std::function<void()> on_settled_;
};

/// `inner` as far as the budget reaches: what a call may take at most is reserved before it is sent and
/// settled after. Where the rest is reserved by calls in flight, it waits for them; where it is used up, the
/// run drains with ErrorKind::budget. Once the run drains nothing is sent any more (label "cancelled").
/// `budget` and `run` must outlive it.
std::unique_ptr<ChatModel> with_budget(std::unique_ptr<ChatModel> inner, Budget& budget, RunState& run);

}  // namespace synthv1
