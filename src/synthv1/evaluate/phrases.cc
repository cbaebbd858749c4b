// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/phrases.h"

#include <algorithm>

namespace synthv1 {

PhraseSet::PhraseSet(std::initializer_list<std::string_view> phrases) {
  for (std::string_view phrase : phrases) {
    const bool prefix = phrase.ends_with('*');
    if (prefix) phrase.remove_suffix(1);
    all_.push_back({.text = phrase, .prefix = prefix});
  }
  std::ranges::stable_sort(all_, std::ranges::greater(),
                           [](const Phrase& phrase) { return phrase.text.size(); });
  for (const Phrase& phrase : all_)
    by_first_[static_cast<unsigned char>(phrase.text.front())].push_back(phrase);
}

std::size_t PhraseSet::match(const Phrase& phrase, std::string_view text, std::size_t at) const {
  if (!text.substr(at).starts_with(phrase.text)) return 0;
  if (is_letter(phrase.text.front()) && at > 0 && is_letter(text[at - 1])) return 0;
  const std::size_t end = at + phrase.text.size();
  if (!phrase.prefix && is_letter(phrase.text.back()) && end < text.size() && is_letter(text[end])) return 0;
  return phrase.text.size();
}

std::size_t PhraseSet::match_at(std::string_view text, std::size_t at) const {
  if (at >= text.size()) return 0;
  for (const Phrase& phrase : by_first_[static_cast<unsigned char>(text[at])]) {
    if (const std::size_t size = match(phrase, text, at)) return size;
  }
  return 0;
}

std::size_t PhraseSet::match_end(std::string_view text) const {
  for (const Phrase& phrase : all_) {
    if (!text.ends_with(phrase.text)) continue;
    if (const std::size_t size = match(phrase, text, text.size() - phrase.text.size())) return size;
  }
  return 0;
}

std::optional<Span> PhraseSet::find(std::string_view text, std::size_t from) const {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (by_first_[static_cast<unsigned char>(text[at])].empty()) continue;
    if (const std::size_t size = match_at(text, at)) return Span{.begin = at, .end = at + size};
  }
  return std::nullopt;
}

}  // namespace synthv1
