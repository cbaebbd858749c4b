// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/model_asking.h"

namespace synthv1 {

/// Whether an agent knows the question while it reads.
enum class Reading : std::uint8_t {
  agnostic,  ///< the notes serve all questions
  aware,     ///< notes are made anew for each question: not to be compared with the other
};

/// An agent that keeps nothing but notes, which the model rewrites with each chunk (recurrent memory), and
/// answers from them.
std::unique_ptr<Agent> make_notes_agent(const ModelAsking& asking, Reading reading);

}  // namespace synthv1
