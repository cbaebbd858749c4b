// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

namespace synthv1 {

/// A piece of a text, in bytes; end is behind it.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::size_t size() const { return end - begin; }
  std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
};

constexpr bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Phrases to look for in a text of small letters. One of ASCII letters matches whole words; one that ends in
/// '*' also words that begin so.
class PhraseSet {
 public:
  /// The phrases must outlive the set.
  PhraseSet(std::initializer_list<std::string_view> phrases);

  /// The bytes of the longest phrase that stands at `at`; 0 where none does.
  std::size_t match_at(std::string_view text, std::size_t at) const;
  /// The bytes of the longest phrase that `text` ends with; 0 where it ends with none.
  std::size_t match_end(std::string_view text) const;
  /// The first phrase in `text` from `from` on. Linear.
  std::optional<Span> find(std::string_view text, std::size_t from = 0) const;
  bool in(std::string_view text) const { return find(text).has_value(); }

 private:
  struct Phrase {
    std::string_view text;
    bool prefix = false;
  };
  std::size_t match(const Phrase& phrase, std::string_view text, std::size_t at) const;

  std::array<std::vector<Phrase>, 256> by_first_;  ///< longest first
  std::vector<Phrase> all_;                        ///< longest first
};

}  // namespace synthv1
