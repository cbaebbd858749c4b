// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace synthv1 {

/// What a word or phrase does in a question about spending, as the check of rewrites reads it.
enum class WordRole : std::uint8_t {
  word,            ///< nothing that matters
  name,            ///< a scene or subscene; value: index into the check's names
  number,          ///< digits; value: the number
  ordinal,         ///< "5th", "first"; value: the number
  month_name,      ///< value: 1 to 12
  weekday,         ///< value: 1 (Monday) to 7
  quarter,         ///< "Q1"; value: 1 to 4
  half,            ///< "H1", 上半年; value: 1 or 2
  quarter_word,    ///< "quarter", 季度
  half_word,       ///< "half"
  year_word,       ///< "year"; after a number also 年
  month_mark,      ///< 月
  day_mark,        ///< 日, 号
  ordinal_mark,    ///< 第
  week_word,       ///< "week"
  week_of,         ///< 那一周: the week in which the date before it lies
  span_word,       ///< "month", "dates", "the": may stand before a date
  of,              ///< "of", "in", "on": may stand inside a date
  link,            ///< "to", "through", 到: between the ends of a range
  and_link,        ///< "and", 和: the same behind "between" or before 之间
  between,         ///< "between"
  between_end,     ///< 之间, 期间
  from,            ///< "from", 从, "starting": before the first end
  ending,          ///< "ending": before the last end
  first_edge,      ///< "the beginning of"
  last_edge,       ///< "the end of"
  open_before,     ///< "before", "after", "by": before a date, leaves a range open
  open_after,      ///< 以前, 以后, "onwards": behind a date, leaves a range open
  begin_after,     ///< 起, 开始: behind the first end of a range
  part,            ///< "early", 上旬: part of a calendar unit, inexact
  relative,        ///< "last month", 今年
  relative_after,  ///< 这个月: relative unless it stands right behind a date
  to_date,         ///< "so far", 至今: everything recorded
  filter,          ///< "except", "weekends", 不含: takes out or narrows
  widen,           ///< "all other": more than the scenes named
  other_scenes,    ///< 其他类别: the scene Other, or all others
  count_word,      ///< "hundred", "twenty": part of an amount in words
  currency,        ///< a currency other than the yuan
  comma,
  dash,
  point,
  slash,
  bracket,
  quote,
  question_mark,
  stop,  ///< the end of a sentence or the colon before one
};

/// What a word says about the thing asked; bits of a mask.
enum Feature : std::uint32_t {
  kHowMuch = 1u << 0,
  kTotal = 1u << 1,
  kMost = 1u << 2,  ///< "most": of money or of times
  kSize = 1u << 3,  ///< "largest", "most expensive": of money only
  kLeast = 1u << 4,
  kAverage = 1u << 5,
  kHowMany = 1u << 6,
  kTimes = 1u << 7,   ///< transactions, purchases, times
  kSingle = 1u << 8,  ///< one transaction
  kWhich = 1u << 9,
  kSceneWord = 1u << 10,
  kDayWord = 1u << 11,
  kWhichDate = 1u << 12,
  kWhichMonth = 1u << 13,  ///< which month, week, weekday, year
  kShare = 1u << 14,
  kEach = 1u << 15,
  kCompare = 1u << 16,
  kRank = 1u << 17,  ///< "second largest", "top three"
  kRequest = 1u << 18,
  kMoney = 1u << 19,       ///< "amount", "money"
  kOtherThing = 1u << 20,  ///< who, why, how long
  kMonthWord = 1u << 21,
  kFrequency = 1u << 22,  ///< "often", "times", 次数
  kWhichScene = 1u << 23,
  kWhat = 1u << 24,
  kSpend = 1u << 25,  ///< "spend", "cost", 支出
};

/// Words of the vocabulary that do the same. `texts`: in small letters, parted by '|', the words of a phrase
/// by single spaces. No text stands in two groups of a language.
struct WordGroup {
  WordRole role = WordRole::word;
  std::uint16_t value = 0;
  std::uint32_t features = 0;
  std::string_view texts;
};

std::span<const WordGroup> english_words();
std::span<const WordGroup> chinese_words();

}  // namespace synthv1
