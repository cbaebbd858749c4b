// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/model_asking.h"

namespace synthv1 {

/// Which of the chunks up to a question's position its prompt shows.
enum class Showing : std::uint8_t {
  none,      ///< the question alone
  full,      ///< all
  evidence,  ///< those that the answer rests on: the honest ceiling
  recent,    ///< the last k
  bm25,      ///< the k that fit the question best
};

/// Agents that keep the chunks as they are and show some of them with each question. `most`: k of recent and
/// bm25.
std::unique_ptr<Agent> make_prompt_agent(const ModelAsking& asking, Showing showing, std::uint32_t most);

}  // namespace synthv1
