// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/display_width.h"

#include "synthv1/base/text.h"

#include <utf8proc.h>

namespace synthv1 {

namespace {

constexpr char32_t kEmojiSelector = 0xFE0F;  ///< makes the narrow character before it wide
constexpr char32_t kFirstEmoji = 0x1F000, kLastEmoji = 0x1FAFF;

std::size_t width_of(char32_t character) {
  if (character == kEmojiSelector) return 1;
  // Those that are younger than the tables have no width in them.
  if (character >= kFirstEmoji && character <= kLastEmoji) return 2;
  return static_cast<std::size_t>(utf8proc_charwidth(static_cast<utf8proc_int32_t>(character)));
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    width += width_of(next.value);
    text.remove_prefix(next.size);
  }
  return width;
}

std::string_view cut_to_width(std::string_view text, std::size_t width) {
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint next = first_code_point(text.substr(at));
    used += width_of(next.value);
    if (used > width) return text.substr(0, at);
    at += next.size;
  }
  return text;
}

}  // namespace synthv1
