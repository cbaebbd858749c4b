// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/bm25.h"

#include "synthv1/base/text.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace synthv1 {

namespace {

constexpr double kK1 = 1.5;
constexpr double kB = 0.75;

bool is_chinese(char32_t c) { return c >= 0x3400 && c <= 0x9fff; }
bool is_letter(char32_t c) { return c < 0x80 ? std::isalnum(static_cast<int>(c)) != 0 : c >= 0xc0; }
/// Within a number or a date, between digits.
bool joins(char32_t c) { return c == '.' || c == '-'; }
bool is_digit_character(char32_t c) { return c >= '0' && c <= '9'; }

}  // namespace

std::vector<std::string> search_terms(std::string_view text) {
  const std::u32string all = code_points(fold_nfkc_case(text));
  std::vector<std::string> terms;
  for (std::size_t i = 0; i < all.size();) {
    std::string term;
    if (is_chinese(all[i])) {
      append_utf8(term, all[i]);
      if (i + 1 < all.size() && is_chinese(all[i + 1])) append_utf8(term, all[i + 1]);
      ++i;
    } else if (is_letter(all[i])) {
      const auto goes_on = [&](std::size_t at) {
        if (at >= all.size() || is_chinese(all[at])) return false;
        if (is_letter(all[at])) return true;
        return joins(all[at]) && is_digit_character(all[at - 1]) && at + 1 < all.size() &&
               is_digit_character(all[at + 1]);
      };
      do {
        append_utf8(term, all[i++]);
      } while (goes_on(i));
    } else {
      ++i;
      continue;
    }
    terms.push_back(std::move(term));
  }
  return terms;
}

Bm25::Bm25(const std::vector<std::string>& texts) {
  for (std::uint32_t number = 0; number < texts.size(); ++number) {
    std::uint32_t length = 0;
    for (std::string& term : search_terms(texts[number])) {
      std::vector<Entry>& entries = entries_[std::move(term)];
      if (entries.empty() || entries.back().text != number) entries.push_back({number, 0});
      ++entries.back().count;
      ++length;
    }
    lengths_.push_back(length);
  }
}

std::vector<std::uint32_t> Bm25::best(std::string_view query, std::uint32_t most, std::uint32_t among) const {
  among = std::min(among, static_cast<std::uint32_t>(lengths_.size()));
  std::vector<double> weights(among, 0.0);
  const double sum = std::accumulate(lengths_.begin(), lengths_.begin() + among, 0.0);
  const double usual = std::max(sum / std::max(among, 1u), 1.0);
  for (const std::string& term : search_terms(query)) {
    const auto found = entries_.find(term);
    if (found == entries_.end()) continue;
    const auto behind = std::ranges::lower_bound(found->second, among, {}, &Entry::text);
    const double having = static_cast<double>(behind - found->second.begin());
    const double rarity = std::log(1 + (among - having + 0.5) / (having + 0.5));
    for (auto entry = found->second.begin(); entry != behind; ++entry) {
      const double length = kK1 * (1 - kB + kB * lengths_[entry->text] / usual);
      weights[entry->text] += rarity * entry->count / (entry->count + length);
    }
  }
  std::vector<std::uint32_t> order(among);
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    return weights[a] != weights[b] ? weights[a] > weights[b] : a > b;
  });
  order.resize(std::min<std::size_t>(order.size(), most));
  std::ranges::sort(order);
  return order;
}

}  // namespace synthv1
