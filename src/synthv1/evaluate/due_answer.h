// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/catalogue.h"
#include "synthv1/dataset/stored_record.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace synthv1 {

/// What kind of answer is due.
enum class AnswerForm : std::uint8_t { money, count, scene, date, month };
inline constexpr std::array<std::string_view, 5> kAnswerFormNames = {"money", "count", "scene", "date",
                                                                     "month"};

constexpr std::string_view name_of(AnswerForm form) {
  return kAnswerFormNames[static_cast<std::size_t>(form)];
}

/// The answer that is due, and how to read what is given for it.
struct DueAnswer {
  std::string text;  ///< as stored: "1234.50", "7", "Dining", "2024-03-05", "2024-03"; scenes with commas
  AnswerForm form = AnswerForm::money;
  const Catalogue* catalogue = nullptr;  ///< whose scenes are meant; not owned; null: the default one
};

/// The form of the answer to a spec.
AnswerForm form_of(const QuestionSpec& spec);

/// The form of an answer by its own look: "7" is a count, "7.00" money; a text that is none of the others is
/// a scene.
AnswerForm form_of(std::string_view answer);

/// The answer due to a stored question: its form from the spec, else from its category's type, else from its
/// look. `catalogue` must outlive what is returned. A question without an answer has an empty text, which
/// nothing equals.
DueAnswer due_answer(const StoredQuestion& question, const Catalogue& catalogue);

}  // namespace synthv1
