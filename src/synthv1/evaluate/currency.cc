// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/currency.h"

#include "synthv1/base/text.h"
#include "synthv1/evaluate/numbers.h"
#include "synthv1/evaluate/phrases.h"

#include <array>

namespace synthv1 {

namespace {

/// The marks of one currency.
struct Marks {
  Currency currency;
  PhraseSet phrases;
};

const std::array<Marks, 5>& marks_behind() {
  static const std::array<Marks, 5> marks = {{
      {Currency::foreign,
       {"€",
        "£",
        "₩",
        "euro*",
        "eur",
        "pound*",
        "gbp",
        "yen",
        "jpy",
        "krw",
        "won",
        "hkd",
        "hong kong dollar*",
        "canadian dollar*",
        "australian dollar*",
        "singapore dollar*",
        "taiwan dollar*",
        "new taiwan dollar*",
        "rupee*",
        "inr",
        "日元",
        "日圆",
        "欧元",
        "英镑",
        "港币",
        "港元",
        "韩元",
        "台币",
        "新台币",
        "卢布",
        "澳元",
        "加元",
        "円"}},
      {Currency::own,
       {"$",    "¥",    "rmb",  "cny",     "yuan",       "renminbi",     "chinese yuan",     "kuai",
        "usd",  "us$",  "cn¥",  "dollar*", "us dollar*", "u.s. dollar*", "american dollar*", "buck*",
        "美元", "美金", "美刀", "人民币",  "元人民币",   "块人民币"}},
      {Currency::yuan, {"元", "块", "圆", "块钱", "元钱"}},
      {Currency::jiao, {"角", "毛", "毛钱", "角钱"}},
      {Currency::cents, {"cent", "cents", "¢", "分钱"}},
  }};
  return marks;
}

const std::array<Marks, 2>& marks_before() {
  static const std::array<Marks, 2> marks = {{
      {Currency::foreign,
       {"€", "£", "₩", "eur", "gbp", "jpy", "krw", "hkd", "hk$", "a$", "c$", "s$", "nt$", "au$", "ca$", "jp¥",
        "₹"}},
      {Currency::own, {"$", "¥", "us$", "cn¥", "rmb", "cny", "usd", "人民币", "yuan"}},
  }};
  return marks;
}

/// One digit or Chinese digit at `at`, -1 where there is none; moves behind it.
int take_digit(std::string_view text, std::size_t& at) {
  if (at < text.size() && is_digit(text[at])) return text[at++] - '0';
  const int digit = chinese_digit(text, at);
  if (digit >= 0) at += 3;
  return digit;
}

bool take(std::string_view text, std::size_t& at, std::string_view mark) {
  if (!text.substr(at).starts_with(mark)) return false;
  at += mark.size();
  return true;
}

/// 5分 behind jiao, or 零5分.
void add_fen(std::string_view text, SmallChange& change) {
  std::size_t at = change.size;
  int digit = take_digit(text, at);
  if (digit == 0) digit = take_digit(text, at);
  if (digit < 0 || !take(text, at, "分")) return;
  change = {.size = at, .minor = change.minor + digit};
}

/// Whether a number ends here, and nothing is counted by it.
bool number_ends(std::string_view text, std::size_t at) {
  static const PhraseSet counters = {"笔", "次", "天", "个", "条", "项", "件", "杯", "份",
                                     "月", "日", "号", "年", "点", "分", "%",  "折", "人",
                                     "元", "块", "角", "毛", "万", "千", "百", "十"};
  if (counters.match_at(text, at) > 0) return false;
  if (at >= text.size()) return true;
  const bool point = (text[at] == '.' || text[at] == ',') && at + 1 < text.size() && is_digit(text[at + 1]);
  return !point && !is_digit(text[at]) && chinese_digit(text, at) < 0 && !is_letter(text[at]);
}

}  // namespace

CurrencyMark currency_behind(std::string_view text) {
  CurrencyMark longest;
  for (const Marks& marks : marks_behind()) {
    const std::size_t size = marks.phrases.match_at(text, 0);
    if (size > longest.size) longest = {.currency = marks.currency, .size = size};
  }
  return longest;
}

CurrencyMark currency_before(std::string_view text) {
  CurrencyMark longest;
  for (const Marks& marks : marks_before()) {
    const std::size_t size = marks.phrases.match_end(text);
    if (size > longest.size) longest = {.currency = marks.currency, .size = size};
  }
  return longest;
}

SmallChange small_change(std::string_view text) {
  SmallChange change;
  std::size_t at = 0;
  if (take(text, at, "半")) return {.size = at, .minor = 50};
  const int first = take_digit(text, at);
  if (first < 0) {
    if (take(text, at, "整") || take(text, at, "正")) return {.size = at};
    return change;
  }
  std::size_t behind = at;
  if (take(text, behind, "角") || take(text, behind, "毛")) {
    change = {.size = behind, .minor = first * 10};
    add_fen(text, change);
    return change;
  }
  add_fen(text, change);
  if (change.size > 0) return change;
  if (number_ends(text, at)) return {.size = at, .minor = first * 10};
  const int second = take_digit(text, at);
  if (second < 0 || !number_ends(text, at)) return change;
  return {.size = at, .minor = first * 10 + second};
}

}  // namespace synthv1
