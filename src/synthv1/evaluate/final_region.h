// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/phrases.h"
#include "synthv1/evaluate/score.h"

#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// A place where a reply states its answer.
struct FinalRegion {
  AnswerRegion kind = AnswerRegion::whole;
  Span span;         ///< in the reply
  std::string text;  ///< what stands there; that of JSON decoded
};

/// All places of `reply` where an answer is announced, in order: \boxed{...}, <answer>...</answer>, the
/// member "answer" of JSON, and what follows "the answer is", "答案：" or the like, up to the next such
/// place. Those within another are left out. Linear.
std::vector<FinalRegion> final_regions(std::string_view reply);

}  // namespace synthv1
