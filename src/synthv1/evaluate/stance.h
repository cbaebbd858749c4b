// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/evaluate/phrases.h"

#include <optional>
#include <string_view>

namespace synthv1 {

/// What a text says beside the thing asked for.
struct Stance {
  std::optional<Span> nothing;  ///< that nothing was spent: "did not spend anything", "没有消费"
  bool unsure = false;          ///< that it cannot say: "I don't know", "无法确定"
  bool absent = false;          ///< that nothing is known: "not mentioned", "没有提到"
  bool declined = false;        ///< that it will not answer: "I can't help with that"
};

/// The stance of a folded text in small letters. Linear.
Stance stance_of(std::string_view text);

}  // namespace synthv1
