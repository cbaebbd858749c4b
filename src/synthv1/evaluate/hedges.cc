// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/hedges.h"

#include "synthv1/base/text.h"

namespace synthv1 {

namespace {

/// How far a word may stand from what it hedges, in bytes.
constexpr std::size_t kWindow = 48;
constexpr int kMostSteps = 6;

/// Words of guessing before a thing; others may stand between.
const PhraseSet& guesses() {
  static const PhraseSet phrases = {
      "about",    "approximately", "approx",       "approx.",    "roughly", "around",    "circa",
      "maybe",    "perhaps",       "probably",     "possibly",   "likely",  "might be",  "may be",
      "could be", "estimated",     "estimate",     "at least",   "at most", "more than", "less than",
      "close to", "up to",         "no more than", "upwards of", "约",      "大约",      "大概",
      "约为",     "将近",          "接近",         "差不多",     "可能",    "也许",      "或许",
      "估计",     "至少",          "最多",         "超过",       "不到",    "不超过",    "大致"};
  return phrases;
}

/// The same, but only directly before.
const PhraseSet& close_guesses() {
  static const PhraseSet phrases = {"some", "over", "under", "nearly", "almost", "~",
                                    "≥",    "≤",    "<",     "近",     "多达",   "几"};
  return phrases;
}

const PhraseSet& choices_before() {
  static const PhraseSet phrases = {"or",   "either", "between", "and/or", "或",
                                    "或者", "或是",   "还是",    "要么",   "介于"};
  return phrases;
}

const PhraseSet& denials() {
  static const PhraseSet phrases = {"not",  "isn't", "wasn't", "aren't", "rather than", "instead of", "never",
                                    "不是", "并非",  "而非",   "非",     "不等于",      "不为"};
  return phrases;
}

/// Words that may stand between a guess and the thing: "approximately a total of 60".
const PhraseSet& between_words() {
  static const PhraseSet phrases = {"a",      "an",    "the",   "total", "of",    "sum",  "is",     "was",
                                    "be",     "it",    "spent", "spend", "paid",  "cost", "you",    "at",
                                    "equals", "to be", "in",    "花",    "花了",  "花费", "花费了", "消费",
                                    "消费了", "支出",  "共",    "一共",  "总共",  "是",   "为",     "有",
                                    "在",     "于",    "总计",  "合计",  "人民币"};
  return phrases;
}

const PhraseSet& guesses_after() {
  static const PhraseSet phrases = {
      "左右",   "上下",    "出头", "以上",          "以下",         "以内",    "多",
      "余",     "来元",    "来块", "or so",         "or more",      "or less", "approximately",
      "approx", "roughly", "ish",  "plus or minus", "give or take", "+/-",     "~"};
  return phrases;
}

const PhraseSet& choices_after() {
  static const PhraseSet phrases = {"or", "and/or", "或", "或者", "或是", "还是"};
  return phrases;
}

const PhraseSet& links() {
  static const PhraseSet phrases = {"or", "and/or", "either", "versus", "vs",
                                    "或", "或者",   "或是",   "还是",   "亦或"};
  return phrases;
}

const PhraseSet& range_links() {
  static const PhraseSet phrases = {"-", "~", "to", "至", "到", "/", "--"};
  return phrases;
}

bool is_opening(char c) { return is_space(c) || c == '(' || c == '"' || c == '\'' || c == '[' || c == '{'; }
bool is_closing(char c) {
  return is_space(c) || c == ')' || c == '"' || c == '\'' || c == ',' || c == '.' || c == ']';
}

std::string_view without_opening(std::string_view text) {
  while (!text.empty() && is_opening(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view last_of(std::string_view text) {
  return text.size() > kWindow ? text.substr(text.size() - kWindow) : text;
}

Certainty certainty_after(std::string_view text) {
  if (text.starts_with("+") && !(text.size() > 1 && is_digit(text[1])) && !text.starts_with("+ "))
    return Certainty::rough;
  if (text.starts_with("-ish")) return Certainty::rough;
  std::size_t at = 0;
  while (at < text.size() && at < kWindow && (is_space(text[at]) || text[at] == ')')) ++at;
  if (guesses_after().match_at(text, at) > 0) return Certainty::rough;
  while (at < text.size() && at < kWindow && is_closing(text[at])) ++at;
  return choices_after().match_at(text, at) > 0 ? Certainty::choice : Certainty::sure;
}

}  // namespace

Certainty certainty_before(std::string_view text) {
  std::string_view before = without_opening(last_of(text));
  if (close_guesses().match_end(before) > 0) return Certainty::rough;
  for (int step = 0; step < kMostSteps; ++step) {
    // 节约60元 is saved, not guessed.
    if (before.ends_with("节约") || before.ends_with("预约")) return Certainty::sure;
    if (guesses().match_end(before) > 0) return Certainty::rough;
    if (choices_before().match_end(before) > 0) return Certainty::choice;
    if (denials().match_end(before) > 0) return Certainty::denied;
    const std::size_t size = between_words().match_end(before);
    if (size == 0) return Certainty::sure;
    before.remove_suffix(size);
    before = without_opening(before);
  }
  return Certainty::sure;
}

Certainty certainty_of(std::string_view text, Span span) {
  const Certainty before = certainty_before(text.substr(0, span.begin));
  return before == Certainty::sure ? certainty_after(text.substr(span.end)) : before;
}

bool makes_choice(std::string_view gap) {
  if (range_links().match_at(trim(gap), 0) == trim(gap).size() && !trim(gap).empty()) return true;
  return gap.size() <= kWindow && links().in(gap);
}

}  // namespace synthv1
