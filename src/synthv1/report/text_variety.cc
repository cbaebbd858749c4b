// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/text_variety.h"

#include "synthv1/report/text_units.h"

#include <algorithm>

namespace synthv1 {

namespace {

std::uint64_t count_distinct(std::vector<std::uint64_t>& hashes) {
  std::ranges::sort(hashes);
  return static_cast<std::uint64_t>(std::ranges::unique(hashes).begin() - hashes.begin());
}

}  // namespace

double VarietyFigures::compression() const {
  return gzip_bytes == 0 || texts == 0 ? 0 : static_cast<double>(bytes) / static_cast<double>(gzip_bytes);
}

void TextVariety::add(std::string_view text) {
  if (figures_.words >= kMostWords) return;
  read_units(text, words_);
  figures_.words += words_.size();
  figures_.bytes += text.size() + 1;
  ++figures_.texts;
  gzip_.add(text);
  gzip_.add("\n");
  texts_.push_back(hash_text(text));
  add_grams();
}

void TextVariety::add_grams() {
  std::uint64_t whole = words_.size();
  for (const std::uint64_t word : words_) whole = join_hashes(whole, word);
  texts_but_for_numbers_.push_back(whole);
  for (std::size_t first = 0; first < words_.size(); ++first) {
    std::uint64_t gram = 0;
    for (std::size_t n = 0; n < grams_.size() && first + n < words_.size(); ++n) {
      gram = join_hashes(gram, words_[first + n]);
      grams_[n].push_back(gram);
    }
  }
}

VarietyFigures TextVariety::finish() {
  figures_.gzip_bytes = gzip_.finish();
  for (std::size_t n = 0; n < grams_.size(); ++n) {
    figures_.grams[n] = grams_[n].size();
    figures_.distinct[n] = count_distinct(grams_[n]);
  }
  figures_.repeats = figures_.texts - count_distinct(texts_);
  figures_.repeats_but_for_numbers = figures_.texts - count_distinct(texts_but_for_numbers_);
  return figures_;
}

}  // namespace synthv1
