// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/phrases.h"

#include <string>
#include <string_view>
#include <vector>

namespace synthv1::test {

/// The text that a phrase was compiled from, out of its code alone.
inline std::string phrase_text(std::string_view code) {
  const auto u16 = [](std::string_view at) {
    return static_cast<unsigned char>(at[0]) + 256U * static_cast<unsigned char>(at[1]);
  };
  std::string text;
  while (!code.empty()) {
    const char operation = code[0];
    code.remove_prefix(1);
    if (operation == Fragment::kLiteral) {
      text += code.substr(2, u16(code));
      code.remove_prefix(2 + u16(code));
    } else if (operation == Fragment::kSlot) {
      text.append("{").append(kSlotNames[static_cast<unsigned char>(code[0])]).append("}");
      code.remove_prefix(1);
    } else {
      const auto count = static_cast<unsigned char>(code[0]);
      code.remove_prefix(1);
      for (unsigned i = 0; i < count; ++i) {
        text += (i == 0 ? "[" : "|") + phrase_text(code.substr(2, u16(code)));
        code.remove_prefix(2 + u16(code));
      }
      text += "]";
    }
  }
  return text;
}

/// The texts of a group of fragments.
inline std::vector<std::string> texts(const Phrases& phrases, Group group) {
  std::vector<std::string> out;
  for (std::uint32_t i = group.first; i < group.first + group.count; ++i) {
    out.push_back(phrase_text(phrases.code_of(phrases.fragments[i])));
  }
  return out;
}

}  // namespace synthv1::test
