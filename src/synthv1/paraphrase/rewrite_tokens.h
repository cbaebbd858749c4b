// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/paraphrase/lexicon.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace synthv1 {

/// A word, number or mark of a rewrite.
struct Token {
  WordRole role = WordRole::word;
  bool glued = false;       ///< nothing stands between it and the token before
  std::uint8_t digits = 0;  ///< of a number
  std::uint16_t value = 0;  ///< as WordRole says; a number too large: 65535
  std::uint32_t features = 0;
  std::uint32_t offset = 0;  ///< bytes of the text before it
  std::uint32_t length = 0;  ///< bytes

  std::uint32_t end() const { return offset + length; }
};

/// Splits a text into tokens. Characters that mean nothing are gathered into one
/// word.
std::vector<Token> tokenize(std::string_view text, const Lexicon& words);

}  // namespace synthv1
