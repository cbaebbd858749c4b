// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/session/check.h"

#include <optional>
#include <string_view>
#include <vector>

namespace synthv1 {

/// A reply as a session and its faults. A session with hard faults is none.
struct SessionReply {
  std::optional<Session> session;    ///< checked; only where all faults are soft
  std::vector<SessionFault> faults;  ///< hard ones first

  bool good() const { return session && faults.empty(); }
};

/// Reads a model's reply (SPEC, section 5) and checks it against the plan. What is not strict JSON is
/// repaired; a repair that lost something is named in the session's imperfections, and refused unless
/// `finish_reason` is "stop". Amounts are exact, as numbers or as text that is a plain decimal number; scenes
/// are found with case and aliases folded; a line break in a turn becomes a space.
SessionReply read_session_reply(std::string_view text, std::string_view finish_reason,
                                const SessionPlan& plan, const Catalogue& catalogue);

}  // namespace synthv1
