// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/lexicon.h"

#include "synthv1/base/text.h"

#include <algorithm>
#include <array>
#include <bit>

namespace synthv1 {

namespace {

constexpr char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// FNV-1a over the small letters.
std::uint32_t hash_unit(std::string_view unit) {
  std::uint32_t hash = 2166136261u;
  for (const char c : unit) hash = (hash ^ static_cast<unsigned char>(small(c))) * 16777619u;
  return hash;
}

constexpr std::string_view kCurly = "\u2019";
constexpr std::array<std::string_view, 3> kEndings = {"s", "es", "al"};

/// How many bytes of `text` the character `c` of a phrase takes; 0 where they differ.
std::size_t match_character(std::string_view text, char c) {
  if (text.empty()) return 0;
  if (small(text[0]) == c) return 1;
  if (c == ' ') return text[0] == '-' ? 1 : 0;
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

/// How many bytes of `text` are the phrase; 0 where it is another.
std::size_t match_phrase(std::string_view text, const Lexicon::Entry& entry) {
  std::size_t at = 0;
  for (const char c : entry.text) {
    const std::size_t size = match_character(text.substr(at), c);
    if (size == 0) return 0;
    at += size;
    while (c == ' ' && at < text.size() && text[at] == ' ') ++at;
  }
  if (!is_latin(entry.text.back()) || word_ends(text.substr(at))) return at;
  const std::size_t more = entry.plural ? inflection(text.substr(at)) : 0;
  return more > 0 ? at + more : 0;
}

}  // namespace

std::size_t first_unit(std::string_view text) {
  if (!is_latin(text[0])) return first_code_point(text).size;
  std::size_t size = 0;
  while (size < text.size()) {
    if (is_latin(text[size])) {
      size +=
          static_cast<unsigned char>(text[size]) < 0x80 ? 1 : std::min<std::size_t>(2, text.size() - size);
    } else if (text[size] == '\'' && size + 1 < text.size() && is_latin(text[size + 1])) {
      ++size;
    } else if (text.substr(size).starts_with(kCurly) && size + 3 < text.size() && is_latin(text[size + 3])) {
      size += 3;
    } else {
      break;
    }
  }
  return size;
}

Lexicon::Lexicon(std::vector<Entry> entries) : entries_(std::move(entries)) {
  std::vector<std::pair<std::uint32_t, Entry>> keyed;
  keyed.reserve(entries_.size());
  for (Entry& entry : entries_) {
    const std::uint32_t hash = hash_unit(std::string_view(entry.text).substr(0, first_unit(entry.text)));
    keyed.emplace_back(hash, std::move(entry));
  }
  std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    return a.second.text.size() > b.second.text.size();
  });
  slots_.resize(std::bit_ceil(2 * keyed.size() + 2));
  for (std::uint32_t i = 0; i < keyed.size(); ++i) {
    entries_[i] = std::move(keyed[i].second);
    inflects_ = inflects_ || entries_[i].plural;
    if (i > 0 && keyed[i].first == keyed[i - 1].first) continue;
    std::uint32_t end = i + 1;
    while (end < keyed.size() && keyed[end].first == keyed[i].first) ++end;
    std::size_t at = keyed[i].first & (slots_.size() - 1);
    while (slots_[at].begin != slots_[at].end) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {keyed[i].first, i, end};
  }
}

const Lexicon::Slot* Lexicon::slot(std::uint32_t hash) const {
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].begin != slots_[at].end) {
    if (slots_[at].hash == hash) return &slots_[at];
    at = (at + 1) & (slots_.size() - 1);
  }
  return nullptr;
}

Lexicon::Match Lexicon::find(std::string_view text, std::size_t first) const {
  const std::string_view unit = text.substr(0, first);
  const std::size_t curly = unit.find(kCurly);
  if (curly == std::string_view::npos) return find_unit(text, unit);
  return find_unit(
      text, std::string(unit.substr(0, curly)) + "'" + std::string(unit.substr(curly + kCurly.size())));
}

Lexicon::Match Lexicon::find_unit(std::string_view text, std::string_view unit) const {
  const Match plain = find_hash(text, hash_unit(unit));
  if (plain.entry != nullptr || !inflects_ || !is_latin(unit[0])) return plain;
  for (const std::string_view ending : kEndings) {
    if (unit.size() <= ending.size() ||
        !equal_ignoring_case(unit.substr(unit.size() - ending.size()), ending))
      continue;
    const Match stem = find_hash(text, hash_unit(unit.substr(0, unit.size() - ending.size())));
    if (stem.entry != nullptr) return stem;
  }
  return {};
}

Lexicon::Match Lexicon::find_hash(std::string_view text, std::uint32_t hash) const {
  const Slot* found = slot(hash);
  if (found == nullptr) return {};
  for (std::uint32_t i = found->begin; i < found->end; ++i) {
    const std::size_t length = match_phrase(text, entries_[i]);
    if (length > 0) return {&entries_[i], length};
  }
  return {};
}

const Lexicon& vocabulary() {
  static const Lexicon lexicon = [] {
    std::vector<Lexicon::Entry> entries;
    for (const auto& words : {english_words(), chinese_words()}) {
      for (const WordRow& row : words) {
        entries.push_back({std::string(row.text), row.role, row.value, row.features, false});
      }
    }
    return Lexicon(std::move(entries));
  }();
  return lexicon;
}

}  // namespace synthv1
