// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/grounding.h"

#include <algorithm>

namespace synthv1 {

namespace {

std::vector<UserMention> mentions_of(std::span<const SpokenLine> lines, std::vector<UserDate>& dates) {
  std::vector<UserMention> mentions;
  for (std::uint32_t turn = 0; turn < lines.size(); ++turn) {
    if (!lines[turn].by_user) continue;
    const Mentions found = scan_mentions(lines[turn].content);
    for (const NumberMention& number : found.numbers) mentions.push_back({turn, number});
    for (const DateMention& date : found.dates) dates.push_back({turn, date});
  }
  return mentions;
}

/// By amount, the index of the mention that states it; mentions.size() where none does.
std::vector<std::size_t> assign(const std::vector<UserMention>& mentions, std::span<const Money> amounts) {
  std::vector<std::size_t> assigned;
  std::vector<bool> taken(mentions.size(), false);
  for (const Money amount : amounts) {
    std::size_t i = 0;
    while (i < mentions.size() &&
           (taken[i] || !mentions[i].number.states || mentions[i].number.value != amount)) {
      ++i;
    }
    if (i < mentions.size()) taken[i] = true;
    assigned.push_back(i);
  }
  return assigned;
}

/// Whether `value`, said at mention `at`, is the sum of all amounts or of those so far.
bool is_sum(Money value, std::size_t at, const std::vector<UserMention>& mentions,
            std::span<const Money> amounts, const std::vector<std::size_t>& assigned) {
  Money all, before, earlier_turns, through_turn;
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    all += amounts[i];
    if (assigned[i] == mentions.size()) continue;
    const std::uint32_t turn = mentions[assigned[i]].turn;
    if (assigned[i] < at) before += amounts[i];
    if (turn < mentions[at].turn) earlier_turns += amounts[i];
    if (turn <= mentions[at].turn) through_turn += amounts[i];
  }
  return value == all || value == before || value == earlier_turns || value == through_turn;
}

}  // namespace

Grounding ground(std::span<const SpokenLine> lines, std::span<const Money> amounts) {
  Grounding grounding;
  const std::vector<UserMention> mentions = mentions_of(lines, grounding.dates);
  const std::vector<std::size_t> assigned = assign(mentions, amounts);
  for (const std::size_t mention : assigned) {
    grounding.turns.push_back(mention < mentions.size() ? std::optional(mentions[mention].turn)
                                                        : std::nullopt);
  }
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    const NumberMention& number = mentions[i].number;
    if (!number.money) continue;
    if (std::find(amounts.begin(), amounts.end(), number.value) != amounts.end()) continue;
    if (!is_sum(number.value, i, mentions, amounts, assigned)) grounding.unexplained.push_back(mentions[i]);
  }
  return grounding;
}

}  // namespace synthv1
