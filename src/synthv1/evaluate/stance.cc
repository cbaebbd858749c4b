// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/stance.h"

#include "synthv1/base/text.h"

#include <algorithm>

namespace synthv1 {

namespace {

/// How far an object may stand behind "no" or 没有, in bytes.
constexpr std::size_t kReach = 48;

const PhraseSet& unsure_phrases() {
  static const PhraseSet phrases = {"unknown",
                                    "i don't know",
                                    "do not know",
                                    "don't know",
                                    "cannot determine",
                                    "can't determine",
                                    "could not determine",
                                    "couldn't determine",
                                    "cannot be determined",
                                    "can't be determined",
                                    "unable to",
                                    "not sure",
                                    "unsure",
                                    "uncertain",
                                    "cannot answer",
                                    "can't answer",
                                    "cannot tell",
                                    "can't tell",
                                    "cannot say",
                                    "can't say",
                                    "impossible to",
                                    "not possible to",
                                    "cannot be answered",
                                    "cannot calculate",
                                    "no idea",
                                    "not enough information",
                                    "insufficient",
                                    "undetermined",
                                    "不知道",
                                    "无法确定",
                                    "不确定",
                                    "不清楚",
                                    "无法得知",
                                    "无法判断",
                                    "无法回答",
                                    "不能确定",
                                    "未知",
                                    "不详",
                                    "无从",
                                    "无法计算",
                                    "不得而知",
                                    "不能回答",
                                    "无法知道",
                                    "信息不足"};
  return phrases;
}

const PhraseSet& absent_phrases() {
  static const PhraseSet phrases = {"not mentioned",
                                    "not mention",
                                    "n't mention",
                                    "n't mentioned",
                                    "no mention",
                                    "not specified",
                                    "not provided",
                                    "not stated",
                                    "not available",
                                    "not given",
                                    "no information",
                                    "no info",
                                    "no data",
                                    "no record",
                                    "no records",
                                    "not found",
                                    "not discussed",
                                    "not recorded",
                                    "nothing about",
                                    "nothing is mentioned",
                                    "nothing was mentioned",
                                    "n/a",
                                    "null",
                                    "cannot find",
                                    "can't find",
                                    "could not find",
                                    "couldn't find",
                                    "not contain",
                                    "n't contain",
                                    "no answer",
                                    "没有提到",
                                    "没提到",
                                    "未提到",
                                    "未提及",
                                    "没有提及",
                                    "没有说",
                                    "没有信息",
                                    "没有相关信息",
                                    "没有数据",
                                    "没有记录",
                                    "没有相关记录",
                                    "无记录",
                                    "未记录",
                                    "没有给出",
                                    "未给出",
                                    "没有找到",
                                    "未找到",
                                    "找不到",
                                    "未说明",
                                    "没有说明",
                                    "没有涉及",
                                    "未涉及",
                                    "没有任何信息",
                                    "没有任何记录",
                                    "无相关",
                                    "查不到"};
  return phrases;
}

const PhraseSet& declining_phrases() {
  static const PhraseSet phrases = {"can't help",       "cannot help",      "can't assist",  "cannot assist",
                                    "unable to help",   "unable to assist", "can't provide", "cannot provide",
                                    "not able to help", "won't be able to", "can't comply",  "cannot comply",
                                    "无法提供",         "不能提供",         "无法协助",      "不能协助",
                                    "无法帮助",         "不便回答",         "拒绝回答"};
  return phrases;
}

/// Whole statements that nothing was spent.
const PhraseSet& nothing_phrases() {
  static const PhraseSet phrases = {"nothing",  "none",       "zero",         "没花钱", "没花过",
                                    "没有花",   "零元",       "零消费",       "零支出", "分文未花",
                                    "一分没花", "一分钱没花", "一分钱都没花", "没用钱"};
  return phrases;
}

/// What has an object behind it: "did not SPEND anything", "no dining EXPENSES".
const PhraseSet& negations() {
  static const PhraseSet phrases = {"no",    "not",     "never",   "didn't", "haven't", "hasn't", "hadn't",
                                    "don't", "doesn't", "weren't", "wasn't", "aren't",  "isn't",  "没有",
                                    "没",    "未",      "无",      "并未",   "并无"};
  return phrases;
}

const PhraseSet& objects() {
  static const PhraseSet phrases = {"spend",     "spent",        "spending", "expense*", "expenditure*",
                                    "purchase*", "transaction*", "payment*", "cost*",    "charge*",
                                    "money",     "buy",          "bought",   "outlay*",  "消费",
                                    "花费",      "支出",         "开销",     "花钱",     "花过",
                                    "购买",      "交易",         "开支",     "费用",     "买"};
  return phrases;
}

/// What makes "did not spend ..." mean something else.
const PhraseSet& limits() {
  static const PhraseSet phrases = {"else", "other", "besides", "except", "further", "additional", "more",
                                    "less", "than",  "apart",   "only",   "just",    "其他",       "其它",
                                    "另外", "别的",  "更多",    "再",     "超过"};
  return phrases;
}

bool ends_clause(std::string_view text, std::size_t at) {
  return text[at] == ',' || text[at] == '.' || text[at] == ';' || text[at] == '\n' || text[at] == ':' ||
         is_digit(text[at]);
}

std::string_view clause(std::string_view text, std::size_t from) {
  std::size_t end = from;
  while (end < text.size() && end - from < kReach && !ends_clause(text, end)) ++end;
  return text.substr(from, end - from);
}

bool limited(std::string_view text) {
  const std::string_view near = text.substr(0, 24);
  return limits().in(near) || absent_phrases().match_at(trim(near), 0) > 0;
}

/// The end of a statement that nothing was spent, which begins at `at`; 0 where none does.
std::size_t nothing_at(std::string_view text, std::size_t at) {
  if (const std::size_t size = nothing_phrases().match_at(text, at)) {
    const std::string_view rest = clause(text, at + size);
    return rest.starts_with(" of") || limited(rest) ? 0 : at + size;
  }
  const std::size_t size = negations().match_at(text, at);
  if (size == 0 || absent_phrases().match_at(text, at) > 0) return 0;
  const std::string_view rest = clause(text, at + size);
  const auto object = objects().find(rest);
  if (!object) return 0;
  const std::string_view between = rest.substr(0, object->begin);
  if (limits().in(between) || absent_phrases().in(between) || limited(rest.substr(object->end))) return 0;
  // "did not spend 60", which is a denial of the amount.
  const std::size_t end = at + size + object->end;
  const std::size_t next = std::min(text.find_first_not_of(" $¥", end), text.size());
  if (next < text.size() && is_digit(text[next])) return 0;
  return end;
}

}  // namespace

Stance stance_of(std::string_view text) {
  Stance stance;
  stance.unsure = unsure_phrases().in(text);
  stance.absent = absent_phrases().in(text);
  stance.declined = declining_phrases().in(text);
  for (std::size_t at = 0; at < text.size() && !stance.nothing; ++at) {
    const bool may_begin = static_cast<unsigned char>(text[at]) >= 0xE3 ||
                           (is_letter(text[at]) && (at == 0 || !is_letter(text[at - 1])));
    if (!may_begin) continue;
    if (const std::size_t end = nothing_at(text, at)) stance.nothing = Span{.begin = at, .end = end};
  }
  return stance;
}

}  // namespace synthv1
