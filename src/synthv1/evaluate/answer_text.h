// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace synthv1 {

/// A reply without what the model thought.
struct SpokenText {
  std::string text;
  bool cut = false;  ///< its last thought does not end
};

/// Takes out <think>...</think> (also thinking, thought, reasoning): nested ones whole, and all before an end
/// that nothing begins. Linear.
SpokenText without_thinking(std::string_view raw);

/// A text with one way to write each thing: width, dashes, spaces, quotes, markdown, LaTeX, HTML tags. What
/// is at a place of `shown` is at the same place of `lower`, in small letters.
struct AnswerText {
  std::string shown;
  std::string lower;
};

/// Folds any bytes; what is no UTF-8 becomes space. A number never grows or joins with another by it: what
/// stood between two digits leaves a space or a mark, and digits of other scripts become '#'. Linear.
AnswerText fold_answer(std::string_view text);

}  // namespace synthv1
