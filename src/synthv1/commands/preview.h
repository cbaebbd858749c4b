// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/commands/generate.h"
#include "synthv1/plan/record_plan.h"
#include "synthv1/session/session.h"

#include <stop_token>

namespace synthv1 {

/// The first session of a run, as generate() would have it.
struct Preview {
  SessionPlan plan;
  Session session;
  CallCounters calls;  ///< of the model; all zero for the embedded writer
};

/// Writes session 0 of record 0 and no file. Blocks; `stop` ends it early (ErrorKind::stopped). Errors are
/// those of check_run_options() and of a run.
Result<Preview> preview_session(const GenerateOptions& options, const Catalogue& catalogue,
                                const std::stop_token& stop = {});

}  // namespace synthv1
