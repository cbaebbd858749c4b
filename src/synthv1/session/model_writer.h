// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/catalogue.h"
#include "synthv1/model/chat_model.h"
#include "synthv1/model/run_state.h"
#include "synthv1/plan/record_plan.h"
#include "synthv1/session/session.h"

#include <cstdint>
#include <string>

#include <boost/asio/awaitable.hpp>

namespace synthv1 {

struct ModelWriterOptions {
  std::uint32_t max_retries =
      5;                ///< refused replies of one session, after which the next refusal is an error
  bool strict = false;  ///< soft faults are never accepted
};

/// Writes sessions by asking a model. All sessions may be written at once; one thread.
class ModelWriter {
 public:
  /// All three must outlive the writer.
  ModelWriter(const Catalogue& catalogue, ChatModel& model, RunState& run, ModelWriterOptions options = {});

  /// A session that passes check_session, or whose soft faults are in `imperfections`. Errors:
  /// ErrorKind::endpoint names the session and its faults, or is the run's fatal error; ErrorKind::stopped
  /// where the coroutine was cancelled.
  asio::awaitable<Result<Session>> write(const SessionPlan& plan);

 private:
  const Catalogue& catalogue_;
  ChatModel& model_;
  RunState& run_;
  ModelWriterOptions options_;
  std::string schema_;
};

}  // namespace synthv1
