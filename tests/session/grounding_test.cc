// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/grounding.h"

#include "synthv1/base/random.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace synthv1 {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Places = std::vector<std::optional<std::uint32_t>>;
constexpr std::nullopt_t kNowhere = std::nullopt;

/// Lines that begin with "U " are the user's.
Grounding grounded(const std::vector<std::string>& texts, const std::vector<std::int64_t>& minors) {
  std::vector<SpokenLine> lines;
  for (const std::string& text : texts) {
    lines.push_back({.by_user = text.starts_with("U "), .content = std::string_view(text).substr(2)});
  }
  std::vector<Money> amounts;
  for (const std::int64_t minor : minors) amounts.push_back(Money::from_minor(minor));
  return ground(lines, amounts);
}

Places places(const std::vector<std::string>& texts, const std::vector<std::int64_t>& minors) {
  return grounded(texts, minors).turns;
}

/// The amounts of money that nothing explains, as "turn: value".
std::vector<std::string> unexplained(const std::vector<std::string>& texts,
                                     const std::vector<std::int64_t>& minors) {
  std::vector<std::string> out;
  for (const UserMention& mention : grounded(texts, minors).unexplained) {
    out.push_back(fmt::format("{}: {}", mention.turn, format_money(mention.number.value)));
  }
  return out;
}

TEST(Ground, FindsTheLineThatStatesAnAmount) {
  const std::vector<std::string> texts = {"U Hello!", "A Hi. 45?", "U Lunch, 45 yuan. Taxi 12.5.",
                                          "A 45 and 12.50.", "U Rent was 1,280."};
  EXPECT_EQ(places(texts, {4500, 1250, 128000}), (Places{2, 2, 4}));
  EXPECT_EQ(places(texts, {128000, 1250, 4500}), (Places{4, 2, 2}));
  EXPECT_EQ(places(texts, {4600}), (Places{kNowhere}));
  EXPECT_THAT(grounded(texts, {}).turns, IsEmpty());
}

TEST(Ground, OnlyUsersState) {
  EXPECT_EQ(places({"U Lunch.", "A That was 45 yuan."}, {4500}), (Places{kNowhere}));
}

TEST(Ground, FormsThatState) {
  for (const std::string text : {"U 45.5", "U 45.50", "U ¥45.50!", "U 45.5块钱", "U 45.5元", "U ４５．５",
                                 "U ４５．５０元", "U (45.5)", "U 花了45.5。", "U 45.5 RMB", "U was 45.5."}) {
    EXPECT_EQ(places({text}, {4550}), (Places{0})) << text;
  }
  for (const std::string text : {"U 1280", "U 1,280", "U 1,280.00", "U 1280块", "U １２８０元", "U ¥1,280"}) {
    EXPECT_EQ(places({text}, {128000}), (Places{0})) << text;
  }
}

TEST(Ground, FormsThatDoNot) {
  for (const std::string text :
       {"U 145", "U 450", "U 4.5", "U 45.505", "U 45k", "U 45%", "U 45万", "U A45", "U 12:45", "U 45:10",
        "U 2024-12-45x", "U 45块5", "U forty-five", "U 四十五块", "U 1,045", "U version 1.45.2", "U 45月"}) {
    EXPECT_EQ(places({text}, {4500}), (Places{kNowhere})) << text;
  }
  EXPECT_EQ(places({"U on 2024-01-15 at 12:30"}, {1500}), (Places{kNowhere}));
  EXPECT_EQ(places({"U on 2024-01-15 for 15"}, {1500}), (Places{0}));
}

TEST(Ground, AnAmountThatGoesOnBehindItsUnitStatesNothing) {
  EXPECT_EQ(places({"U 打车45块5"}, {4550}), (Places{kNowhere}));
  EXPECT_EQ(places({"U 打车45块5，就是45.5"}, {4550}), (Places{0}));
  EXPECT_THAT(unexplained({"U 打车45块5，就是45.5"}, {4550}), IsEmpty());
  EXPECT_THAT(unexplained({"U 打车45块5，咖啡45"}, {4500}), ElementsAre("0: 45.50"));
}

TEST(Ground, EqualAmountsNeedThatManyMentions) {
  EXPECT_EQ(places({"U Bus, 2 there and 2 back.", "A Ok.", "U Coffee 2."}, {200, 200, 200}),
            (Places{0, 0, 2}));
  EXPECT_EQ(places({"U Bus, 2 each way."}, {200, 200}), (Places{0, kNowhere}));
  EXPECT_EQ(places({"U 2", "A 2", "U 2.00"}, {200, 200, 200}), (Places{0, 2, kNowhere}));
  EXPECT_EQ(places({"U 2 and 3", "A ok", "U 3 and 2"}, {200, 300, 300, 200}), (Places{0, 0, 2, 2}));
}

TEST(Ground, MoneyIsExplainedByAnEqualAmount) {
  EXPECT_THAT(unexplained({"U 45 yuan.", "A Ok.", "U Yes, ¥45, really 45.00."}, {4500}), IsEmpty());
  EXPECT_THAT(unexplained({"U 45 yuan.", "A Ok.", "U And 44 yuan."}, {4500}), ElementsAre("2: 44.00"));
  EXPECT_THAT(unexplained({"U 45 and 7.25 left."}, {4500}), ElementsAre("0: 7.25"));
  EXPECT_THAT(unexplained({"U 45元，还剩100块，欠1,000元"}, {4500}), ElementsAre("0: 100.00", "0: 1000.00"));
}

TEST(Ground, PlainNumbersNeedNoExplanation) {
  EXPECT_THAT(unexplained({"U 3 of us, 2.5 hours, gate 12, by 7 o'clock: 45."}, {4500}), IsEmpty());
  EXPECT_THAT(unexplained({"U 45.", "A You have 1,000 yuan left, minus 33.33."}, {4500}), IsEmpty());
}

TEST(Ground, MoneyIsExplainedByTheSumSoFar) {
  const std::vector<std::int64_t> amounts = {4500, 1250, 300};
  const auto with = [](std::string text) {
    return std::vector<std::string>{"U Lunch 45.",      "A Ok.",  "U Taxi 12.5.", "A Ok.",
                                    "U So far " + text, "A Yes.", "U Bus 3."};
  };
  EXPECT_THAT(unexplained(with("57.50 yuan."), amounts), IsEmpty());
  EXPECT_THAT(unexplained(with("60.50 yuan in the end."), amounts), IsEmpty()) << "all";
  EXPECT_THAT(unexplained(with("48 yuan."), amounts), ElementsAre("4: 48.00")) << "not those so far";
  EXPECT_THAT(unexplained(with("57.51 yuan."), amounts), ElementsAre("4: 57.51"));
}

TEST(Ground, TheSumMayStandBeforeOrBehindThoseOfItsTurn) {
  EXPECT_THAT(
      unexplained({"U 10.", "A Ok.", "U That makes 30 yuan: 20 more.", "A Ok.", "U 5."}, {1000, 2000, 500}),
      IsEmpty());
  EXPECT_THAT(unexplained({"U 10.", "A Ok.", "U After 10 yuan, now 20, so 30 yuan.", "A Ok.", "U 5."},
                          {1000, 2000, 500}),
              IsEmpty());
  EXPECT_THAT(unexplained({"U 10.", "A Ok.", "U 20, 40; so it is 30 yuan before the last.", "A Ok.", "U 5."},
                          {1000, 2000, 4000, 500}),
              ElementsAre("2: 30.00"));
}

TEST(Ground, SumsOfWhatIsNotStatedCountOnlyInAll) {
  EXPECT_THAT(unexplained({"U 10 and 30 yuan in all."}, {1000, 2000}), IsEmpty());
  EXPECT_THAT(unexplained({"U 10.", "A Ok.", "U 15 yuan."}, {1000, 500, 800}), ElementsAre("2: 15.00"));
}

/// How many of `amounts` a reader who ticks off mentions one by one finds.
std::size_t found_slowly(const std::vector<std::string>& texts, std::vector<std::int64_t> minors) {
  std::size_t found = 0;
  for (const std::string& text : texts) {
    if (!text.starts_with("U ")) continue;
    for (const NumberMention& number : scan_mentions(text).numbers) {
      const auto same = std::ranges::find(minors, number.value.minor());
      if (!number.states || same == minors.end()) continue;
      minors.erase(same);
      ++found;
    }
  }
  return found;
}

TEST(Ground, FindsAsManyAsTickingOff) {
  RandomStream random(1);
  for (int round = 0; round < 500; ++round) {
    std::vector<std::string> texts;
    for (std::uint64_t i = 0, count = random.below(6); i < count; ++i) {
      std::string text = random.chance(60) ? "U " : "A ";
      for (std::uint64_t word = 0; word < 3; ++word) text += fmt::format("{} so ", 1 + random.below(5));
      texts.push_back(std::move(text));
    }
    std::vector<std::int64_t> minors;
    for (std::uint64_t i = 0, count = random.below(7); i < count; ++i) {
      minors.push_back(100 * random.between(1, 6));
    }
    const Places turns = places(texts, minors);
    EXPECT_EQ(std::ranges::count_if(turns, [](const auto& turn) { return turn.has_value(); }),
              static_cast<std::ptrdiff_t>(found_slowly(texts, minors)));
  }
}

}  // namespace
}  // namespace synthv1
