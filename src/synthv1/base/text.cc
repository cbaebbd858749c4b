// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/text.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <numeric>

#include <fmt/format.h>
#include <utf8proc.h>

namespace synthv1 {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

std::uint8_t byte_at(std::string_view text, std::size_t at) { return static_cast<std::uint8_t>(text[at]); }

bool in(std::uint8_t byte, std::uint8_t low, std::uint8_t high) { return byte >= low && byte <= high; }

std::size_t ascii_prefix(std::string_view text) noexcept {
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    if (word & 0x8080808080808080) break;
  }
  while (at < text.size() && byte_at(text, at) < 0x80) ++at;
  return at;
}

/// How many bytes at the front are characters of three bytes beginning with E1 to EC: nearly all Chinese
/// text. Such a byte may be followed by any two continuation bytes.
std::size_t common_cjk_prefix(std::string_view text) noexcept {
  std::size_t at = 0;
  for (; at + 3 <= text.size(); at += 3) {
    const std::uint8_t lead = byte_at(text, at);
    const unsigned tails = (byte_at(text, at + 1) ^ 0x80u) | (byte_at(text, at + 2) ^ 0x80u);
    if (!in(lead, 0xE1, 0xEF) || lead == 0xED || tails > 0x3F) break;
  }
  return at;
}

/// The bytes that a character with this first byte takes; 0 when none begins so.
std::size_t length_from(std::uint8_t first) {
  if (first < 0x80) return 1;
  if (in(first, 0xC2, 0xDF)) return 2;
  if (in(first, 0xE0, 0xEF)) return 3;
  if (in(first, 0xF0, 0xF4)) return 4;
  return 0;
}

/// Whether `second` may follow `first`: keeps out overlong forms, surrogates, and what lies beyond U+10FFFF.
bool may_follow(std::uint8_t first, std::uint8_t second) {
  switch (first) {
    case 0xE0:
      return in(second, 0xA0, 0xBF);
    case 0xED:
      return in(second, 0x80, 0x9F);
    case 0xF0:
      return in(second, 0x90, 0xBF);
    case 0xF4:
      return in(second, 0x80, 0x8F);
    default:
      return in(second, 0x80, 0xBF);
  }
}

struct Sequence {
  std::size_t size = 0;  ///< of the character, or of the part that could begin one (at least 1)
  bool valid = false;
};

/// The sequence at the front of a text that is not empty.
Sequence first_sequence(std::string_view text) {
  const std::uint8_t first = byte_at(text, 0);
  const std::size_t length = length_from(first);
  if (length <= 1) return {1, length == 1};
  if (text.size() < 2 || !may_follow(first, byte_at(text, 1))) return {1, false};
  std::size_t size = 2;
  while (size < length && size < text.size() && in(byte_at(text, size), 0x80, 0xBF)) ++size;
  return {size, size == length};
}

char32_t decode(std::string_view sequence) {
  static constexpr std::uint8_t kFirstBits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t value = byte_at(sequence, 0) & kFirstBits[sequence.size()];
  for (const char c : sequence.substr(1)) value = (value << 6) | (static_cast<std::uint8_t>(c) & 0x3F);
  return value;
}

std::string map_utf8(std::string_view text, int options) {
  if (ascii_prefix(text) == text.size() && !(options & UTF8PROC_CASEFOLD)) return std::string(text);
  const std::string valid = replace_invalid_utf8(text);
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(valid.data()),
                                             static_cast<utf8proc_ssize_t>(valid.size()), &mapped,
                                             static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (size < 0) return valid;
  return std::string(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
}

template <class Pieces>
std::string join_all(const Pieces& pieces, std::string_view separator) {
  std::string out;
  for (const auto& piece : pieces) {
    if (&piece != &pieces.front()) out += separator;
    out += piece;
  }
  return out;
}

template <class Candidates>
std::optional<std::string_view> nearest_of(std::string_view word, const Candidates& candidates) {
  const std::string folded = lower_ascii(word);
  const std::size_t limit = std::max<std::size_t>(1, code_points(word).size() / 3);
  std::optional<std::string_view> best;
  std::size_t best_distance = limit + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(folded, lower_ascii(candidate));
    if (distance >= best_distance) continue;
    best = candidate;
    best_distance = distance;
  }
  return best;
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view text) noexcept {
  std::size_t at = 0;
  while (true) {
    at += ascii_prefix(text.substr(at));
    at += common_cjk_prefix(text.substr(at));
    while (at < text.size() && byte_at(text, at) >= 0x80) {
      const Sequence sequence = first_sequence(text.substr(at));
      if (!sequence.valid) return at;
      at += sequence.size;
    }
    if (at == text.size()) return at;
  }
}

std::string replace_invalid_utf8(std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t valid = valid_utf8_prefix(text);
    out += text.substr(0, valid);
    text.remove_prefix(valid);
    if (text.empty()) return out;
    append_utf8(out, kReplacement);
    text.remove_prefix(first_sequence(text).size);
  }
}

CodePoint first_code_point(std::string_view text) noexcept {
  const Sequence sequence = first_sequence(text);
  if (!sequence.valid) return {kReplacement, 1};
  return {decode(text.substr(0, sequence.size)), sequence.size};
}

std::u32string code_points(std::string_view text) {
  std::u32string out;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    out += next.value;
    text.remove_prefix(next.size);
  }
  return out;
}

void append_utf8(std::string& out, char32_t character) {
  const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80 | ((character >> shift) & 0x3F)); };
  if (character < 0x80) {
    out += static_cast<char>(character);
  } else if (character < 0x800) {
    out += static_cast<char>(0xC0 | (character >> 6));
    tail(0);
  } else if (character < 0x10000) {
    out += static_cast<char>(0xE0 | (character >> 12));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0 | (character >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::string_view trim(std::string_view text) noexcept {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  while (true) {
    const std::size_t end = text.find(separator);
    pieces.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return pieces;
    text.remove_prefix(end + 1);
  }
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string join(std::span<const std::string> pieces, std::string_view separator) {
  return join_all(pieces, separator);
}

std::string join(std::span<const std::string_view> pieces, std::string_view separator) {
  return join_all(pieces, separator);
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower_ascii(c);
  return out;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return std::ranges::equal(a, b, [](char x, char y) { return lower_ascii(x) == lower_ascii(y); });
}

std::string fold_nfkc(std::string_view text) {
  return map_utf8(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
}

std::string fold_nfkc_case(std::string_view text) {
  return map_utf8(text,
                  UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  const std::u32string from = code_points(a);
  const std::u32string to = code_points(b);
  // Rows of the usual table: the one before last, the last, and the one being filled.
  std::vector<std::size_t> older(to.size() + 1), last(to.size() + 1), row(to.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= from.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t change = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
      row[j] = std::min({change, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
      if (swapped) row[j] = std::min(row[j], older[j - 2] + 1);
    }
    std::swap(older, last);
    std::swap(last, row);
  }
  return last[to.size()];
}

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates) {
  return nearest_of(word, candidates);
}

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string> candidates) {
  return nearest_of(word, candidates);
}

std::string one_line(std::string_view text, std::size_t limit) {
  std::string out;
  bool space = false;
  for (std::size_t count = 0; !text.empty();) {
    const CodePoint next = first_code_point(text);
    text.remove_prefix(next.size);
    if (next.value <= 0x20 || next.value == 0x7F || (next.value >= 0x80 && next.value <= 0x9F)) {
      space = count > 0;
      continue;
    }
    count += space ? 2 : 1;
    if (count > limit) return out + "…";
    if (space) out += ' ';
    append_utf8(out, next.value);
    space = false;
  }
  return out;
}

}  // namespace synthv1
