// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/model/chat_model.h"
#include "synthv1/model/run_state.h"
#include "synthv1/question/question.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

namespace synthv1 {

/// The most questions that one request asks to be reworded.
inline constexpr std::uint32_t kQuestionsInABatch = 10;

struct ModelParaphraseOptions {
  std::uint32_t max_retries = 5;       ///< refused replies of one batch before its templates stand
  std::uint32_t record = 0;            ///< index of the record, for the requests
  std::function<void()> batch_done{};  ///< called once a batch, whatever came of it
};

/// Rewords the questions of one record by a model, in batches of ten, all at once. What no accepted rewrite
/// was found for keeps its template; a line for each batch that failed is returned, for the record's
/// metadata. Errors: the run's fatal error (ErrorKind::endpoint), or ErrorKind::stopped where the coroutine
/// was cancelled.
asio::awaitable<Result<std::vector<std::string>>> reword_by_model(std::span<Question> questions,
                                                                  Language language,
                                                                  const Catalogue& catalogue,
                                                                  ChatModel& model, RunState& run,
                                                                  ModelParaphraseOptions options);

}  // namespace synthv1
