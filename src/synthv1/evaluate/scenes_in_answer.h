// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/catalogue.h"
#include "synthv1/evaluate/answer_text.h"
#include "synthv1/evaluate/phrases.h"

#include <vector>

namespace synthv1 {

/// A scene that an answer names.
struct SceneInAnswer {
  Span span;
  SceneId scene{};
  bool weak = false;  ///< it may as well be an ordinary word: "fun", "any other"
};

/// All scenes that a folded answer names, in order: by identifier, Chinese name or alias, as whole words, the
/// longest first. Linear in the answer, times the spellings.
std::vector<SceneInAnswer> scenes_in_answer(const AnswerText& answer, const Catalogue& catalogue);

}  // namespace synthv1
