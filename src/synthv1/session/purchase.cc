// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/purchase.h"

#include <algorithm>

namespace synthv1 {

namespace {

/// "45", "45.5", "45.50" or "1,280".
std::string digits_of(Money amount, RandomStream& random) {
  std::string text = format_money(amount);
  const std::int64_t minor = amount.minor();
  if (minor % 100 == 0 && !random.chance(7)) text.resize(text.size() - 3);
  if (minor % 100 != 0 && minor % 10 == 0 && random.chance(60)) text.pop_back();
  const std::size_t whole = std::min(text.find('.'), text.size());
  if (whole >= 4 && random.chance(50)) {
    for (std::size_t at = whole; at > 3; at -= 3) text.insert(at - 3, ",");
  }
  return text;
}

std::string in_english(std::string digits, RandomStream& random) {
  const std::uint64_t form = random.below(20);
  if (form < 7) return digits;
  if (form < 13) return digits + " yuan";
  if (form < 18) return "¥" + digits;
  return digits + " RMB";
}

std::string in_chinese(std::string digits, RandomStream& random) {
  const std::uint64_t form = random.below(20);
  if (form < 4) return digits;
  if (form < 11) return digits + "元";
  if (form < 18) return digits + "块";
  return "¥" + digits;
}

}  // namespace

Money draw_price(const Pair& pair, std::int64_t low, std::int64_t high, RandomStream& random) {
  const std::int64_t step = random.pick(pair.steps);
  const std::int64_t first = (low + step - 1) / step;
  const std::int64_t last = high / step;
  if (first > last) return Money::from_minor(random.between(low, high));
  const std::int64_t drawn = random.between(first, last);
  const std::int64_t again = random.between(first, last);
  return Money::from_minor(step * (random.chance(50) ? std::min(drawn, again) : drawn));
}

std::string amount_text(Money amount, Language language, RandomStream& random) {
  std::string digits = digits_of(amount, random);
  return language == Language::chinese ? in_chinese(std::move(digits), random)
                                       : in_english(std::move(digits), random);
}

}  // namespace synthv1
