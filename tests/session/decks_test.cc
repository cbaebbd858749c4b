// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/decks.h"

#include <set>

#include <gmock/gmock.h>

namespace synthv1 {
namespace {

using testing::UnorderedElementsAreArray;

constexpr Group kTen{.first = 5, .count = 10};
const auto kAny = [](std::uint32_t) { return true; };

Deck deck_of(std::uint32_t record, std::uint64_t seed = 1) {
  Deck deck(20, RandomStream(seed));
  deck.begin_record(record);
  return deck;
}

std::vector<std::uint32_t> deal(Deck& deck, Group group, std::size_t count) {
  std::vector<std::uint32_t> dealt;
  while (dealt.size() < count) dealt.push_back(deck.draw(group, kAny).value());
  return dealt;
}
std::vector<std::uint32_t> first_round(std::uint32_t record, Group group = kTen, std::uint64_t seed = 1) {
  Deck deck = deck_of(record, seed);
  return deal(deck, group, group.count);
}

TEST(Deck, DealsEachElementOnceARound) {
  Deck deck = deck_of(3);
  const auto first = deal(deck, kTen, 10);
  EXPECT_THAT(first, UnorderedElementsAreArray({5, 6, 7, 8, 9, 10, 11, 12, 13, 14}));
  for (int round = 0; round < 5; ++round) EXPECT_THAT(deal(deck, kTen, 10), UnorderedElementsAreArray(first));
}

TEST(Deck, GroupsDoNotDisturbEachOther) {
  constexpr Group kFour{.first = 15, .count = 4};
  const auto alone = first_round(2, kFour);
  Deck deck = deck_of(2);
  std::vector<std::uint32_t> beside;
  for (int i = 0; i < 4; ++i) {
    deal(deck, kTen, 3);
    beside.push_back(deck.draw(kFour, kAny).value());
  }
  EXPECT_EQ(beside, alone);
}

TEST(Deck, NothingOutOfNothing) {
  Deck deck = deck_of(0);
  EXPECT_EQ(deck.draw({}, kAny), std::nullopt);
  EXPECT_EQ(deck.draw(kTen, [](std::uint32_t) { return false; }), std::nullopt);
  EXPECT_EQ(deal(deck, {.first = 19, .count = 1}, 3), (std::vector<std::uint32_t>{19, 19, 19}));
}

TEST(Deck, WhatDoesNotFitNowIsDealtLater) {
  Deck deck = deck_of(1);
  const auto odd = [](std::uint32_t i) { return i % 2 == 1; };
  std::set<std::uint32_t> dealt;
  for (int i = 0; i < 5; ++i) dealt.insert(deck.draw(kTen, odd).value());
  EXPECT_THAT(dealt, UnorderedElementsAreArray({5, 7, 9, 11, 13}));
  EXPECT_EQ(deck.draw(kTen, odd).value() % 2, 1U) << "one dealt before, where no other fits";
  EXPECT_THAT(deal(deck, kTen, 5), UnorderedElementsAreArray({6, 8, 10, 12, 14}));
}

TEST(Deck, AgainstASetOfWhatIsLeft) {
  RandomStream random(9);
  for (std::uint32_t record = 0; record < 50; ++record) {
    Deck deck = deck_of(record);
    std::set<std::uint32_t> left;
    for (int i = 0; i < 200; ++i) {
      if (left.empty()) {
        for (std::uint32_t j = 0; j < kTen.count; ++j) left.insert(kTen.first + j);
      }
      const std::uint64_t mask = random.next();
      const auto fits = [&](std::uint32_t element) { return (mask >> element & 1) != 0; };
      const bool fresh_one = std::ranges::any_of(left, fits);
      const auto drawn = deck.draw(kTen, fits);
      if (!drawn) {
        for (std::uint32_t j = 0; j < kTen.count; ++j) ASSERT_FALSE(fits(kTen.first + j));
        continue;
      }
      ASSERT_TRUE(fits(*drawn));
      ASSERT_EQ(left.erase(*drawn) == 1, fresh_one);
    }
  }
}

TEST(Deck, RecordsShareOneOrderAndBeginElsewhere) {
  auto order = first_round(0);
  for (std::uint32_t record = 1; record < 200; ++record) {
    auto turned = first_round(record);
    EXPECT_NE(turned.front(), first_round(record - 1).front()) << record;
    std::rotate(turned.begin(), std::ranges::find(turned, order.front()), turned.end());
    EXPECT_EQ(turned, order);
  }
}

TEST(Deck, NeighboursBeginElsewhereInGroupsOfAnySize) {
  for (std::uint32_t count = 3; count <= 20; ++count) {
    for (std::uint32_t record = 1; record < 100; ++record) {
      const Group group{.first = 0, .count = count};
      EXPECT_NE(first_round(record, group).front(), first_round(record - 1, group).front())
          << count << " " << record;
    }
  }
}

TEST(Deck, ARecordIsDealtTheSameWhateverCameBefore) {
  Deck deck = deck_of(0);
  deal(deck, kTen, 7);
  deck.begin_record(3);
  EXPECT_EQ(deal(deck, kTen, 10), first_round(3));
}

TEST(Deck, RunsHaveOrdersOfTheirOwn) {
  EXPECT_NE(first_round(0, kTen, 1), first_round(0, kTen, 2));
  EXPECT_EQ(first_round(4, kTen, 2), first_round(4, kTen, 2));
}

}  // namespace
}  // namespace synthv1
