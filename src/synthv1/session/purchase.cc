// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/purchase.h"

#include <algorithm>

namespace synthv1 {

namespace {

/// "45", "45.5", "45.50" or "1,280".
std::string digits_of(Money amount, RandomStream& random) {
  std::string text;
  append_money(text, amount);
  const std::int64_t minor = amount.minor();
  const std::size_t whole = text.size() - 3;
  if (minor % 100 == 0 && !random.chance(7)) text.resize(whole);
  if (minor % 100 != 0 && minor % 10 == 0 && random.chance(60)) text.pop_back();
  if (whole >= 4 && random.chance(50)) {
    for (std::size_t at = whole; at > 3; at -= 3) text.insert(at - 3, 1, ',');
  }
  return text;
}

/// What stands before and behind the digits.
struct Frame {
  std::string_view before, behind;
};

Frame english_frame(std::uint64_t form) {
  if (form < 7) return {};
  if (form < 13) return {.before = {}, .behind = " yuan"};
  if (form < 18) return {.before = "¥", .behind = {}};
  return {.before = {}, .behind = " RMB"};
}

Frame chinese_frame(std::uint64_t form) {
  if (form < 4) return {};
  if (form < 11) return {.before = {}, .behind = "元"};
  if (form < 18) return {.before = {}, .behind = "块"};
  return {.before = "¥", .behind = {}};
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
  std::string text = digits_of(amount, random);
  const std::uint64_t form = random.below(20);
  const Frame frame = language == Language::chinese ? chinese_frame(form) : english_frame(form);
  if (!frame.before.empty()) text.insert(0, frame.before);
  return text.append(frame.behind);
}

}  // namespace synthv1
