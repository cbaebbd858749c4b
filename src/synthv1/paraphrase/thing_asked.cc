// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/thing_asked.h"

#include "synthv1/base/text.h"
#include "synthv1/paraphrase/rewrite_tokens.h"

#include <algorithm>

namespace synthv1 {

namespace {

constexpr std::uint32_t kNeverAsked = kShare | kEach | kCompare | kRank | kOtherThing;
/// What makes a sentence ask for an amount or a count, and not whether something is so.
constexpr std::uint32_t kAsks = kHowMuch | kHowMany | kWhich | kRequest | kWhat;
constexpr std::uint32_t kGroups = kWhich | kWhichScene | kWhichDate | kWhichMonth;

std::uint32_t refused_by(const QuestionType& type) {
  switch (type.select) {
    case Select::sum:
      return kNeverAsked | kGroups | kMost | kSize | kLeast | kAverage | kHowMany | kFrequency;
    case Select::count:
      return kNeverAsked | kGroups | kMost | kSize | kLeast | kAverage | kHowMuch;
    case Select::average:
      return kNeverAsked | kGroups | kMost | kSize | kLeast | kHowMany;
    case Select::max:
      return kNeverAsked | kGroups | kLeast | kAverage | kHowMany | kFrequency | kTotal | kDayWord;
    case Select::min:
      return kNeverAsked | kGroups | kMost | kSize | kAverage | kHowMany | kFrequency | kTotal | kDayWord;
    case Select::argmax:
      break;
  }
  std::uint32_t refused = kNeverAsked | kLeast | kAverage | kHowMuch | kHowMany;
  if (type.by != GroupBy::scene) refused |= kWhichScene;
  if (type.by != GroupBy::date) refused |= kWhichDate;
  if (type.by != GroupBy::month) refused |= kWhichMonth;
  return refused | (type.of == Measure::sum ? kFrequency | kTimes | kSingle : kSize | kMoney | kTotal);
}

std::vector<std::uint32_t> wanted_by(const QuestionType& type) {
  switch (type.select) {
    case Select::sum:
      return {kAsks};
    case Select::count:
      return {kHowMany | kFrequency, kAsks};
    case Select::average:
      return {kAverage, kAsks};
    case Select::max:
      return {kMost | kSize, kAsks};
    case Select::min:
      return {kLeast, kAsks};
    case Select::argmax:
      break;
  }
  std::vector<std::uint32_t> wanted{kMost | kSize};
  if (type.by == GroupBy::scene) wanted.push_back(kSceneWord);
  if (type.by == GroupBy::date) wanted.push_back(kDayWord | kWhichDate);
  if (type.by == GroupBy::month) wanted.push_back(kMonthWord | kWhichMonth);
  const bool count = type.of == Measure::count;
  wanted.push_back(count ? kTimes | kFrequency : kTotal | kMoney | kSize | kSpend);
  return wanted;
}

struct Says {
  std::string_view english, chinese;
};

Says says(const QuestionType& type) {
  switch (type.select) {
    case Select::sum:
      return {"for a total", "总金额"};
    case Select::count:
      return {"for a number of transactions", "笔数"};
    case Select::average:
      return {"for an average", "平均值"};
    case Select::max:
      return {"for the largest single amount", "单笔最大的金额"};
    case Select::min:
      return {"for the smallest single amount", "单笔最小的金额"};
    case Select::argmax:
      break;
  }
  const bool count = type.of == Measure::count;
  if (type.by == GroupBy::scene) {
    return count ? Says{"which scene has the most transactions", "哪个类别笔数最多"}
                 : Says{"which scene has the highest total", "哪个类别总额最高"};
  }
  if (type.by == GroupBy::date) {
    return count ? Says{"which date has the most transactions", "哪一天笔数最多"}
                 : Says{"which date has the highest total", "哪一天总额最高"};
  }
  return count ? Says{"which month has the most transactions", "哪个月笔数最多"}
               : Says{"which month has the highest total", "哪个月总额最高"};
}

std::string without_places(std::string_view wording) {
  std::string text;
  bool inside = false;
  for (const char c : wording) {
    if (c == '{' || c == '}') text += ' ';
    if (c == '{') inside = true;
    if (!inside) text += c == '}' ? ' ' : c;
    if (c == '}') inside = false;
  }
  return text;
}

std::uint32_t features_of(std::string_view text, const Lexicon& names) {
  std::uint32_t features = 0;
  for (const Token& token : tokenize(text, names)) features |= token.features;
  return features;
}

bool is_word_character(char c) { return is_latin(c) || is_digit(c); }

bool holds(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool starts = at == 0 || !is_word_character(text[at - 1]) || !is_word_character(word.front());
    const bool ends = end == text.size() || !is_word_character(text[end]) || !is_word_character(word.back());
    if (starts && ends) return true;
  }
  return false;
}

}  // namespace

ThingAsked thing_asked(const QuestionType& type, Language language, const Lexicon& names) {
  const QuestionWording& wording = type.wording[static_cast<std::size_t>(language)];
  const std::uint32_t said = features_of(without_places(wording.question), names);
  const std::uint32_t said_ranged = features_of(without_places(wording.ranged), names);
  ThingAsked thing{
      .category = type.name, .asks = {}, .wanted = {}, .refused = refused_by(type) & ~(said | said_ranged)};
  thing.says_english = says(type).english;
  thing.says_chinese = says(type).chinese;
  for (const std::string& word : wording.asks) {
    if (!word.empty()) thing.asks.push_back(lower_ascii(word));
  }
  for (const std::uint32_t mask : wanted_by(type)) {
    if (wording.question.empty() || (said & mask) != 0) thing.wanted.push_back(mask);
  }
  return thing;
}

bool holds_one(std::string_view text, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return holds(text, word); });
}

}  // namespace synthv1
