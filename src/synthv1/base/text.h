// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// How many bytes at the front of `text` are valid UTF-8 (RFC 3629: no surrogates, nothing overlong).
std::size_t valid_utf8_prefix(std::string_view text) noexcept;
inline bool valid_utf8(std::string_view text) noexcept { return valid_utf8_prefix(text) == text.size(); }
/// `text` with each invalid sequence replaced by U+FFFD (one for each maximal subpart, as Unicode
/// recommends).
std::string replace_invalid_utf8(std::string_view text);

/// A character and the bytes it takes.
struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;
};
/// The first character of a text that is not empty; an invalid byte is U+FFFD of size 1.
CodePoint first_code_point(std::string_view text) noexcept;
/// All characters; invalid bytes as U+FFFD.
std::u32string code_points(std::string_view text);
void append_utf8(std::string& out, char32_t character);

/// ASCII space: space, tab, line feed, carriage return, vertical tab, form feed.
constexpr bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr char lower_ascii(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// `text` without the ASCII space at its ends.
std::string_view trim(std::string_view text) noexcept;
/// The pieces between separators: always one more than there are separators.
std::vector<std::string_view> split(std::string_view text, char separator);
/// "1 record", "2 records": of an English noun whose plural takes an s.
std::string counted(std::uint64_t count, std::string_view noun);
std::string join(std::span<const std::string> pieces, std::string_view separator);
std::string join(std::span<const std::string_view> pieces, std::string_view separator);

/// ASCII letters made small; other bytes stay.
std::string lower_ascii(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;

/// Unicode NFKC: full-width digits and letters become plain ones, ligatures their letters. Invalid UTF-8 is
/// replaced first.
std::string fold_nfkc(std::string_view text);
/// NFKC with case folded and ignorable characters dropped (NFKC_Casefold): for comparing names.
std::string fold_nfkc_case(std::string_view text);

/// Levenshtein distance in characters, a swap of neighbours counting one. O(|a| |b|).
std::size_t edit_distance(std::string_view a, std::string_view b);
/// The candidate nearest to `word`, case aside, when it is near enough to be a slip (at most a third of the
/// word's characters, at least one): for "did you mean". The first of equals.
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates);
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string> candidates);

/// `text` as messages quote it: one line of valid UTF-8, control characters and runs of space as one space,
/// cut with an ellipsis after `limit` characters.
std::string one_line(std::string_view text, std::size_t limit = 80);

}  // namespace synthv1
