// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/render.h"

namespace synthv1 {

namespace {

std::size_t u16(const char* at) {
  return static_cast<unsigned char>(at[0]) | static_cast<std::size_t>(static_cast<unsigned char>(at[1])) << 8;
}

bool at_sentence_start(const std::string& out) {
  const std::size_t size = out.size();
  if (size == 0) return true;
  if (size < 2 || out[size - 1] != ' ') return false;
  const char mark = out[size - 2];
  return mark == '.' || mark == '!' || mark == '?';
}

void fill(std::string_view value, std::string& out) {
  const bool capital = !value.empty() && value[0] >= 'a' && value[0] <= 'z' && at_sentence_start(out);
  const std::size_t start = out.size();
  out.append(value);
  if (capital) out[start] = static_cast<char>(out[start] - 32);
}

/// The code of one of the alternatives that stand at `code`; moves `code` behind them all.
std::string_view draw_alternative(std::string_view& code, RandomStream& random) {
  const auto count = static_cast<unsigned char>(code[0]);
  const std::uint64_t chosen = random.below(count);
  std::string_view alternative;
  code.remove_prefix(1);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::size_t size = u16(code.data());
    if (i == chosen) alternative = code.substr(2, size);
    code.remove_prefix(2 + size);
  }
  return alternative;
}

}  // namespace

void render(std::string_view code, const Filling& filling, RandomStream& random, std::string& out) {
  while (!code.empty()) {
    const char operation = code[0];
    code.remove_prefix(1);
    if (operation == Fragment::kLiteral) {
      const std::size_t size = u16(code.data());
      out.append(code.data() + 2, size);
      code.remove_prefix(2 + size);
    } else if (operation == Fragment::kSlot) {
      fill(filling.values[static_cast<unsigned char>(code[0])], out);
      code.remove_prefix(1);
    } else {
      render(draw_alternative(code, random), filling, random, out);
    }
  }
}

}  // namespace synthv1
