// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/paraphrase/words.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// What a text begins with: a run of Latin letters with apostrophes inside, or one other character.
struct TextUnit {
  std::size_t length = 0;  ///< bytes
  std::uint32_t hash = 0;  ///< case and the form of apostrophes do not matter
};

/// The first unit of a text that is not empty.
TextUnit first_unit(std::string_view text);

/// Phrases looked up at a place of a text, the longest first. Case, the form of apostrophes and hyphens for
/// spaces do not matter; English phrases match whole words.
class Lexicon {
 public:
  struct Entry {
    std::string text;  ///< small letters, words parted by single spaces
    WordRole role = WordRole::word;
    std::uint16_t value = 0;
    std::uint32_t features = 0;
    bool plural = false;    ///< the text may carry a further "s", "es" or "al"
    std::size_t first = 0;  ///< bytes of its first unit; set by the lexicon
  };
  struct Match {
    const Entry* entry = nullptr;
    std::size_t length = 0;  ///< bytes of the text
  };

  /// Of entries with the same text the first counts.
  explicit Lexicon(std::vector<Entry> entries);

  /// The longest phrase that `text` begins with. `first` is its first unit.
  Match find(std::string_view text, TextUnit first) const;

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t begin = 0, end = 0;  ///< entries_[begin, end); empty slot: begin == end
  };
  /// What the text behind the first unit of an entry must hold so that a closer look is worth it.
  struct Clue {
    enum class Kind : std::uint8_t { none, word, character } kind = Kind::none;
    char byte = 0;  ///< the first of the next word; the third of the next character
  };
  static Clue clue_of(const Entry& entry);
  Match find_hash(std::string_view text, TextUnit first) const;
  /// Where the slot of a hash is, or would be.
  std::size_t free_slot(std::uint32_t hash) const;
  const Slot* slot(std::uint32_t hash) const;

  std::vector<Entry> entries_;  ///< by hash of the first unit, then longest first
  std::vector<Clue> clues_;     ///< by entry
  bool inflects_ = false;
  std::vector<Slot> slots_;  ///< open addressing; a power of two
};

/// Whether the byte belongs to a Latin letter.
constexpr bool is_latin(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= 0xC3 && byte <= 0xCA);
}

/// The words of both languages.
const Lexicon& vocabulary();
/// The same words behind names, which come first where both are as long.
Lexicon with_vocabulary(std::vector<Lexicon::Entry> names);

}  // namespace synthv1
