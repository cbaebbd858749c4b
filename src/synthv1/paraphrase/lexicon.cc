// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/lexicon.h"

#include "synthv1/base/text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

namespace synthv1 {

namespace {

constexpr char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// FNV-1a, one character on.
constexpr std::uint32_t kHashStart = 2166136261u;
constexpr std::uint32_t hash_on(std::uint32_t hash, char c) {
  return (hash ^ static_cast<unsigned char>(small(c))) * 16777619u;
}

std::uint32_t hash_of(std::string_view unit) {
  std::uint32_t hash = kHashStart;
  for (const char c : unit) hash = hash_on(hash, c);
  return hash;
}

constexpr std::string_view kCurly = "\u2019";
constexpr std::array<std::string_view, 3> kEndings = {"s", "es", "al"};

/// How many bytes of `text` may stand for the other character `c` of a phrase; 0 where they do not.
std::size_t match_variant(std::string_view text, char c) {
  if (c == ' ') return text.starts_with('-') ? 1 : 0;
  return c == '\'' && text.starts_with(kCurly) ? kCurly.size() : 0;
}

bool word_ends(std::string_view rest) { return rest.empty() || !is_latin(rest[0]); }

/// The bytes of an inflection that `rest` begins with and that ends a word.
std::size_t inflection(std::string_view rest) {
  for (const std::string_view ending : kEndings) {
    if (!equal_ignoring_case(rest.substr(0, ending.size()), ending)) continue;
    if (word_ends(rest.substr(ending.size()))) return ending.size();
  }
  return 0;
}

/// How many bytes of `text` the piece of a phrase takes; npos where they differ.
std::size_t match_piece(std::string_view text, std::string_view piece) {
  std::size_t at = 0;
  for (const char c : piece) {
    if (at < text.size() && small(text[at]) == c) {
      ++at;
    } else {
      const std::size_t size = match_variant(text.substr(at), c);
      if (size == 0) return std::string_view::npos;
      at += size;
    }
    if (c != ' ') continue;
    while (at < text.size() && text[at] == ' ') ++at;
  }
  return at;
}

/// The small first byte of the word behind a space or hyphen that `text` begins with.
char next_word_byte(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  while (at < text.size() && text[at] == ' ') ++at;
  return at == 0 || at == text.size() ? '\0' : small(text[at]);
}

/// How many bytes of `text`, whose first `first` bytes have the hash of the phrase's first unit, are the
/// phrase; 0 where it is another.
std::size_t match_phrase(std::string_view text, std::size_t first, const Lexicon::Entry& entry) {
  const std::string_view phrase = entry.text;
  const std::size_t more = match_piece(text.substr(first), phrase.substr(entry.first));
  if (more == std::string_view::npos) return 0;
  const std::size_t length = first + more;
  std::size_t ending = 0;
  if (is_latin(phrase.back()) && !word_ends(text.substr(length))) {
    ending = entry.plural ? inflection(text.substr(length)) : 0;
    if (ending == 0) return 0;
  }
  const bool same = match_piece(text.substr(0, first), phrase.substr(0, entry.first)) == first;
  return same ? length + ending : 0;
}

}  // namespace

TextUnit first_unit(std::string_view text) {
  if (!is_latin(text[0])) {
    const std::size_t size = first_code_point(text).size;
    return {size, hash_of(text.substr(0, size))};
  }
  TextUnit unit{0, kHashStart};
  while (unit.length < text.size()) {
    const char c = text[unit.length];
    const std::string_view behind = text.substr(unit.length + 1);
    if (is_latin(c)) {
      unit.hash = hash_on(unit.hash, c);
      ++unit.length;
      const bool two_bytes = static_cast<unsigned char>(c) >= 0x80 && !behind.empty();
      if (two_bytes) unit.hash = hash_on(unit.hash, text[unit.length++]);
    } else if (c == '\'' && !behind.empty() && is_latin(behind[0])) {
      unit.hash = hash_on(unit.hash, c);
      ++unit.length;
    } else if (behind.size() > 2 && is_latin(behind[2]) && text.substr(unit.length).starts_with(kCurly)) {
      unit.hash = hash_on(unit.hash, '\'');
      unit.length += kCurly.size();
    } else {
      break;
    }
  }
  return unit;
}

Lexicon::Lexicon(std::vector<Entry> entries) : entries_(std::move(entries)) {
  std::vector<std::pair<std::uint32_t, Entry>> keyed;
  keyed.reserve(entries_.size());
  for (Entry& entry : entries_) {
    const TextUnit first = first_unit(entry.text);
    entry.first = first.length;
    const std::uint32_t hash = first.hash;
    keyed.emplace_back(hash, std::move(entry));
  }
  std::vector<std::uint32_t> order(keyed.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (keyed[a].first != keyed[b].first) return keyed[a].first < keyed[b].first;
    if (keyed[a].second.text.size() != keyed[b].second.text.size()) {
      return keyed[a].second.text.size() > keyed[b].second.text.size();
    }
    return a < b;
  });
  slots_.resize(std::bit_ceil(2 * keyed.size() + 2));
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    const std::uint32_t hash = keyed[order[i]].first;
    entries_[i] = std::move(keyed[order[i]].second);
    clues_.push_back(clue_of(entries_[i]));
    inflects_ = inflects_ || entries_[i].plural;
    Slot& place = slots_[free_slot(hash)];
    if (place.begin == place.end) place = {hash, i, i};
    ++place.end;
  }
}

std::size_t Lexicon::free_slot(std::uint32_t hash) const {
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].begin != slots_[at].end && slots_[at].hash != hash) at = (at + 1) & (slots_.size() - 1);
  return at;
}

const Lexicon::Slot* Lexicon::slot(std::uint32_t hash) const {
  const Slot& found = slots_[free_slot(hash)];
  return found.begin == found.end ? nullptr : &found;
}

Lexicon::Clue Lexicon::clue_of(const Entry& entry) {
  const std::string_view behind = std::string_view(entry.text).substr(entry.first);
  if (behind.starts_with(' ') && behind.size() > 1) return {Clue::Kind::word, behind[1]};
  const bool chinese = behind.size() > 2 && static_cast<unsigned char>(behind[0]) >= 0xE4;
  return chinese ? Clue{Clue::Kind::character, behind[2]} : Clue{};
}

Lexicon::Match Lexicon::find(std::string_view text, TextUnit first) const {
  const Match plain = find_hash(text, first);
  if (plain.entry != nullptr || !inflects_ || !is_latin(text[0])) return plain;
  const std::string_view unit = text.substr(0, first.length);
  for (const std::string_view ending : kEndings) {
    if (unit.size() <= ending.size() || small(unit.back()) != ending.back()) continue;
    const std::size_t stem = unit.size() - ending.size();
    if (!equal_ignoring_case(unit.substr(stem), ending)) continue;
    const Match found = find_hash(text, {stem, hash_of(unit.substr(0, stem))});
    if (found.entry != nullptr) return found;
  }
  return {};
}

Lexicon::Match Lexicon::find_hash(std::string_view text, TextUnit first) const {
  const Slot* found = slot(first.hash);
  if (found == nullptr) return {};
  const std::string_view behind = text.substr(first.length);
  const char word = next_word_byte(behind);
  const char character = behind.size() < 3 ? '\0' : behind[2];
  for (std::uint32_t i = found->begin; i < found->end; ++i) {
    const Clue clue = clues_[i];
    if (clue.kind == Clue::Kind::word && clue.byte != word) continue;
    if (clue.kind == Clue::Kind::character && clue.byte != character) continue;
    const std::size_t length = match_phrase(text, first.length, entries_[i]);
    if (length > 0) return {&entries_[i], length};
  }
  return {};
}

Lexicon with_vocabulary(std::vector<Lexicon::Entry> names) {
  for (const auto& words : {english_words(), chinese_words()}) {
    for (const WordGroup& group : words) {
      for (const std::string_view text : split(group.texts, '|')) {
        names.push_back({std::string(text), group.role, group.value, group.features, false, 0});
      }
    }
  }
  return Lexicon(std::move(names));
}

const Lexicon& vocabulary() {
  static const Lexicon lexicon = with_vocabulary({});
  return lexicon;
}

}  // namespace synthv1
