// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/plan/record_plan.h"
#include "synthv1/session/session.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// What can be wrong with a session (SPEC, "A good session"). Those from `turn_count` on are soft.
enum class SessionFaultKind : std::uint8_t {
  no_json,    ///< no usable JSON in the reply
  bad_field,  ///< a field is missing, empty or not of its type
  bad_role,   ///< a role other than user and assistant
  no_transaction,
  bad_amount,         ///< not a positive number with at most two decimals
  unknown_pair,       ///< a scene or subscene that the catalogue does not know
  not_stated,         ///< no user turn states the transaction's amount
  unexplained_money,  ///< an amount of money in a user turn that nothing explains
  turn_count,         ///< turns outside min_turns..max_turns
  pair_missing,       ///< a requested pair without a transaction
  pair_unrequested,   ///< a transaction of a pair that was not requested
  other_date,         ///< a full date in a user turn that is not the session's
};

inline constexpr std::string_view kSessionFaultNames[] = {
    "no_json",    "bad_field",         "bad_role",   "no_transaction", "bad_amount",       "unknown_pair",
    "not_stated", "unexplained_money", "turn_count", "pair_missing",   "pair_unrequested", "other_date"};

/// One fault, in English for people and in the session's language for a retry.
struct SessionFault {
  SessionFaultKind kind = SessionFaultKind::no_json;
  std::string where;  ///< "turn 3", "transactions[0]"; may be empty
  std::string what;   ///< the detail: the amount, the pair, the text

  bool soft() const { return kind >= SessionFaultKind::turn_count; }
  /// "not_stated: transactions[0]: 45.00".
  std::string describe() const;
};

/// Checks a session against its plan and sets each transaction's `turn`. The same for every writer. Faults
/// come hard ones first; none means that the session is good.
std::vector<SessionFault> check_session(const SessionPlan& plan, Session& session,
                                        const Catalogue& catalogue);

}  // namespace synthv1
