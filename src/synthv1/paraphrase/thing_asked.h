// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/catalogue.h"
#include "synthv1/paraphrase/lexicon.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// How a rewrite of a question type's questions says what is asked, in one language.
struct ThingAsked {
  std::string category;
  std::string says_english, says_chinese;  ///< "a total", 总额: for messages
  std::vector<std::string> asks;           ///< words of which one must stand, in small letters
  std::vector<std::uint32_t> wanted;       ///< of each mask of features, one must occur
  std::uint32_t refused = 0;               ///< features that must not occur
};

/// What follows from a row of the catalogue. What its own template says is never refused, nor what it lacks
/// wanted.
ThingAsked thing_asked(const QuestionType& type, Language language, const Lexicon& names);

/// Whether `text`, in small letters, holds one of the words.
bool holds_one(std::string_view text, const std::vector<std::string>& words);

}  // namespace synthv1
