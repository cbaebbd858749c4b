// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/text.h"
#include "synthv1/evaluate/numbers.h"
#include "synthv1/evaluate/phrases.h"

#include <algorithm>
#include <array>
#include <utility>

namespace synthv1 {

namespace {

using NumberWord = std::pair<std::string_view, int>;

constexpr auto kSmall = std::to_array<NumberWord>({
    {"zero", 0},      {"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},     {"five", 5},
    {"six", 6},       {"seven", 7},     {"eight", 8},     {"nine", 9},     {"ten", 10},     {"eleven", 11},
    {"twelve", 12},   {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17},
    {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},   {"thirty", 30},  {"forty", 40},   {"fifty", 50},
    {"sixty", 60},    {"seventy", 70},  {"eighty", 80},   {"ninety", 90},
});
constexpr std::array<NumberWord, 3> kLarge = {
    {{"thousand", 1'000}, {"million", 1'000'000}, {"billion", 1'000'000'000}}};

/// Reads words and numbers out of them; what it cannot use it has not taken.
class WordReader {
 public:
  WordReader(std::string_view text, std::size_t at) : text_(text), at_(at), start_(at) {}

  ReadNumber read() {
    std::int64_t total = 0;
    std::int64_t below = kMostMinor;
    while (const auto group = read_group()) {
      const std::int64_t factor = read_large(below);
      if (factor == 0) {
        total += *group;
        break;
      }
      total += *group * factor;
      below = factor;
      scaled_ = true;
      skip_and();
    }
    if (at_ == start_) return {};
    ReadNumber number{.minor = total * 100, .scaled = scaled_};
    read_decimals(number);
    number.end = at_;
    return number;
  }

 private:
  /// The word at `at_` behind spaces or a hyphen, with its size from `at_`.
  std::pair<std::string_view, std::size_t> word() const {
    std::size_t begin = at_;
    if (begin > start_ && begin < text_.size() && (text_[begin] == ' ' || text_[begin] == '-')) ++begin;
    std::size_t end = begin;
    while (end < text_.size() && is_letter(text_[end])) ++end;
    return {text_.substr(begin, end - begin), end - at_};
  }

  template <class Words>
  std::optional<int> value_in(const Words& words) const {
    const auto found = std::ranges::find(words, word().first, &NumberWord::first);
    if (found == words.end()) return std::nullopt;
    return found->second;
  }

  void take() { at_ += word().second; }

  bool take(std::string_view wanted) {
    if (word().first != wanted) return false;
    take();
    return true;
  }

  /// 0 to 99: "twenty-one", "twelve".
  std::optional<std::int64_t> read_tens() {
    const auto first = value_in(kSmall);
    if (!first) return std::nullopt;
    take();
    if (*first < 20) return *first;
    const auto second = value_in(kSmall);
    if (!second || *second == 0 || *second > 9) return *first;
    take();
    return *first + *second;
  }

  /// 0 to 9999: "two hundred and five", "a hundred", "twelve hundred", "a" before thousand.
  std::optional<std::int64_t> read_group() {
    const std::size_t before = at_;
    if (take("a") || take("an")) {
      const bool large = value_in(kLarge).has_value();
      if (large) return 1;
      if (word().first != "hundred") {
        at_ = before;
        return std::nullopt;
      }
      return read_hundreds(1);
    }
    const auto tens = read_tens();
    if (!tens || word().first != "hundred") return tens;
    return read_hundreds(*tens);
  }

  std::int64_t read_hundreds(std::int64_t hundreds) {
    take();
    scaled_ = true;
    const std::size_t before = at_;
    skip_and();
    const auto tens = read_tens();
    const bool next_number = tens && word().first == "hundred";
    if (tens && !next_number) return hundreds * 100 + *tens;
    at_ = before;
    return hundreds * 100;
  }

  std::int64_t read_large(std::int64_t below) {
    const auto factor = value_in(kLarge);
    if (!factor || *factor >= below) return 0;
    take();
    return *factor;
  }

  /// "and", which counts only where a number follows.
  void skip_and() {
    const std::size_t before = at_;
    if (!take("and")) return;
    if (!value_in(kSmall)) at_ = before;
  }

  void read_decimals(ReadNumber& number) {
    const std::size_t before = at_;
    if (!take("point")) return;
    int scale = 0;
    for (auto digit = value_in(kSmall); digit && *digit <= 9; digit = value_in(kSmall)) {
      take();
      ++scale;
      if (scale <= 2) number.minor += *digit * (scale == 1 ? 10 : 1);
      if (scale > 2 && *digit != 0) number.exact = false;
    }
    number.decimals = scale > 0;
    if (scale == 0) at_ = before;
  }

  std::string_view text_;
  std::size_t at_, start_;
  bool scaled_ = false;
};

}  // namespace

ReadNumber read_number_words(std::string_view text, std::size_t at) { return WordReader(text, at).read(); }

}  // namespace synthv1
