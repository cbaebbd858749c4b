// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/numbers_in_answer.h"

#include "synthv1/base/text.h"
#include "synthv1/evaluate/currency.h"

#include <algorithm>
#include <optional>

namespace synthv1 {

namespace {

const PhraseSet& transaction_words() {
  static const PhraseSet words = {"transaction*", "purchase*", "expense*", "time", "times", "payment*",
                                  "entry",        "entries",   "record*",  "笔",   "次",    "条记录"};
  return words;
}

const PhraseSet& counted_words() {
  static const PhraseSet words = {
      "day*",      "week*",   "month*",   "year*",   "hour*",    "minute*", "item",     "items",
      "people",    "person*", "session*", "visit*",  "meal",     "meals",   "cup",      "cups",
      "categor*",  "scene",   "scenes",   "chunk*",  "turn",     "turns",   "message*", "question*",
      "occasion*", "trip",    "trips",    "percent", "per cent", "date",    "dates",    "conversation*",
      "instance*", "step*",   "friend*",  "ticket*", "天",       "个",      "条",       "项",
      "件",        "杯",      "份",       "家",      "周",       "星期",    "月",       "年",
      "日",        "号",      "人",       "位",      "顿",       "餐",      "场",       "张",
      "节",        "课",      "小时",     "分",      "点",       "种",      "类",       "本",
      "瓶",        "折",      "号",       "%",       "斤",       "公里",    "倍",       "步",
      "名",        "段",      "轮",       "句",      "趟",       "季",      "楼",       "路"};
  return words;
}

/// Words that end the search for what a number counts.
const PhraseSet& prepositions() {
  static const PhraseSet words = {
      "on",      "in",     "for",   "from",  "across",     "over", "at",    "to", "and",  "or",
      "between", "during", "is",    "was",   "with",       "by",   "you",   "i",  "it",   "that",
      "which",   "as",     "spent", "total", "altogether", "plus", "minus", "of", "were", "are"};
  return words;
}

const PhraseSet& year_leads() {
  static const PhraseSet words = {"in",      "of",   "for",    "during", "year",   "since", "by",    "until",
                                  "through", "from", "to",     "and",    "early",  "late",  "mid",   "end",
                                  "quarter", "half", "spring", "summer", "autumn", "fall",  "winter"};
  return words;
}

bool is_word_byte(char c) { return is_letter(c) || is_digit(c) || c == '_'; }

class NumberScanner {
 public:
  NumberScanner(const AnswerText& answer, std::span<const DateInAnswer> dates, DigitStyle style)
      : text_(answer.lower), dates_(dates), style_(style) {}

  std::vector<NumberInAnswer> scan() {
    while (at_ < text_.size()) {
      if (skip_date()) continue;
      const char c = text_[at_];
      if (is_digit(c) || point_number()) {
        read_digits();
      } else if (is_letter(c)) {
        read_word();
      } else if (static_cast<unsigned char>(c) >= 0xE3) {
        read_chinese();
      } else if (c == '#') {
        ++at_;
        skip_token();
      } else {
        ++at_;
      }
    }
    return std::move(numbers_);
  }

 private:
  bool skip_date() {
    while (date_ < dates_.size() && dates_[date_].span.end <= at_) ++date_;
    if (date_ == dates_.size() || dates_[date_].span.begin > at_) return false;
    at_ = dates_[date_].span.end;
    return true;
  }

  bool point_number() const {
    return text_[at_] == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]) &&
           (at_ == 0 || !is_word_byte(text_[at_ - 1]));
  }

  /// Moves behind what is a word with digits in it: "A45", "v1.2", "12h".
  void skip_token() {
    while (at_ < text_.size() && (is_word_byte(text_[at_]) || (text_[at_] == '.' && at_ + 1 < text_.size() &&
                                                               is_digit(text_[at_ + 1])))) {
      ++at_;
    }
  }

  void read_digits() {
    const std::size_t begin = at_;
    if (begin > 0 && text_[begin - 1] == '_') return skip_token();
    const ReadNumber number = read_number(text_, begin, style_);
    take(number, begin);
  }

  void read_word() {
    const std::size_t begin = at_;
    const ReadNumber number = read_number_words(text_, begin);
    if (number.end > begin && (number.end == text_.size() || !is_word_byte(text_[number.end]))) {
      words_ = !number.scaled;
      take(number, begin);
      words_ = false;
      return;
    }
    while (at_ < text_.size() && is_letter(text_[at_])) ++at_;
    if (at_ == text_.size() || (!is_digit(text_[at_]) && text_[at_] != '_')) return;
    const CurrencyMark mark = currency_before(text_.substr(begin, at_ - begin));
    if (mark.size != at_ - begin) skip_token();
  }

  void read_chinese() {
    const std::size_t begin = at_;
    if (text_.substr(begin).starts_with("第")) {
      at_ += 3;
      if (at_ < text_.size()) at_ = std::max(at_, read_number(text_, at_, style_).end);
      return;
    }
    const bool numeral = chinese_digit(text_, begin) >= 0 || text_.substr(begin).starts_with("十") ||
                         text_.substr(begin).starts_with("拾");
    const ReadNumber number = numeral ? read_number(text_, begin, style_) : ReadNumber{};
    if (number.end == 0) {
      at_ += first_code_point(text_.substr(begin)).size;
      return;
    }
    words_ = !number.scaled || number.end - begin < 6;
    take(number, begin);
    words_ = false;
  }

  /// Keeps a number that has been read, unless it is part of something else; goes on behind it.
  void take(const ReadNumber& read, std::size_t begin) {
    NumberInAnswer number{.span = {.begin = begin, .end = read.end},
                          .minor = read.minor,
                          .exact = read.exact,
                          .readable = read.readable,
                          .decimals = read.decimals,
                          .spelled = words_};
    at_ = read.end;
    read_front(number);
    const Currency unit = read_back(number);
    if (!number.money && belongs_to_more(number)) return skip_token();
    if (next_is('#')) number.readable = false;
    at_ = number.span.end;
    if (!number.money && !number.decimals) {
      number.counted = counted_by(number.span.end);
      number.may_be_mark = is_year(number, read.end - begin) || is_list_mark(number);
    }
    if (!add_cents(number, unit)) numbers_.push_back(number);
  }

  bool next_is(char c) const { return at_ < text_.size() && text_[at_] == c; }

  /// The sign and currency before a number.
  void read_front(NumberInAnswer& number) {
    const std::size_t earliest = numbers_.empty() ? 0 : numbers_.back().span.end;
    std::size_t begin = number.span.begin;
    bool negative = take_sign(begin, earliest);
    std::size_t before = begin;
    while (before > earliest && text_[before - 1] == ' ' && begin - before < 2) --before;
    const CurrencyMark mark = currency_before(text_.substr(earliest, before - earliest));
    if (mark.size > 0) {
      begin = before - mark.size;
      number.money = true;
      number.foreign = mark.currency == Currency::foreign;
      if (!negative) negative = take_sign(begin, earliest);
    }
    if (!negative) negative = take_word_sign(begin, earliest);
    number.span.begin = begin;
    if (negative) number.minor = -number.minor;
  }

  /// Moves before a minus or plus that is a sign, not a dash; says whether it is a minus.
  bool take_sign(std::size_t& begin, std::size_t earliest) const {
    std::size_t at = begin;
    while (at > earliest && text_[at - 1] == ' ') --at;
    if (at <= earliest || (text_[at - 1] != '-' && text_[at - 1] != '+')) return false;
    const std::string_view before = text_.substr(earliest, at - 1 - earliest);
    const std::string_view word = trim(before);
    const bool behind_mark = word.ends_with('=') || word.ends_with(':');
    if (at != begin && !behind_mark) return false;
    constexpr std::string_view kLeads = " \n(:=[\"'$~|>";
    const bool sign =
        before.empty() ? at - 1 == 0
                       : kLeads.contains(before.back()) || static_cast<unsigned char>(before.back()) >= 0x80;
    if (!sign) return false;
    begin = at - 1;
    return text_[begin] == '-';
  }

  bool take_word_sign(std::size_t& begin, std::size_t earliest) const {
    static const PhraseSet words = {"minus", "negative", "负"};
    const std::string_view before = text_.substr(earliest, begin - earliest);
    const std::size_t space = before.ends_with(' ') ? 1 : 0;
    const std::size_t size = words.match_end(before.substr(0, before.size() - space));
    begin -= size > 0 ? size + space : 0;
    return size > 0;
  }

  /// The currency behind a number, and the smaller units behind that.
  Currency read_back(NumberInAnswer& number) {
    std::size_t at = number.span.end;
    while (at < text_.size() && text_[at] == ' ' && at - number.span.end < 2) ++at;
    const CurrencyMark mark = currency_behind(text_.substr(at));
    if (mark.size == 0) return Currency::none;
    if (mark.currency == Currency::jiao && at != number.span.end) return Currency::none;
    number.money = true;
    number.foreign = number.foreign || mark.currency == Currency::foreign;
    number.span.end = at + mark.size;
    if (mark.currency == Currency::jiao) divide(number, 10);
    if (mark.currency == Currency::cents) divide(number, 100);
    if (mark.currency == Currency::yuan && !number.decimals) add_change(number);
    return mark.currency;
  }

  static void divide(NumberInAnswer& number, std::int64_t by) {
    number.exact = number.exact && number.minor % by == 0;
    number.minor /= by;
  }

  void add_change(NumberInAnswer& number) const {
    const SmallChange change = small_change(text_.substr(number.span.end));
    number.span.end += change.size;
    number.minor += number.minor < 0 ? -change.minor : change.minor;
  }

  /// "... dollars and 50 cents": joins the cents to the number before.
  bool add_cents(const NumberInAnswer& number, Currency unit) {
    if (unit != Currency::cents || numbers_.empty()) return false;
    NumberInAnswer& whole = numbers_.back();
    const std::string_view gap =
        trim(text_.substr(whole.span.end, number.span.begin - std::min(number.span.begin, whole.span.end)));
    if (!whole.money || whole.decimals || whole.minor % 100 != 0 || number.minor > 99) return false;
    if (!gap.empty() && gap != "and" && gap != ",") return false;
    whole.minor += whole.minor < 0 ? -number.minor : number.minor;
    whole.span.end = number.span.end;
    return true;
  }

  /// Whether what stands directly behind makes more of it: a word, a time, a percentage.
  bool belongs_to_more(const NumberInAnswer& number) const {
    if (at_ >= text_.size()) return false;
    const char next = text_[at_];
    if (next == '%' || next == '_') return true;
    if (is_letter(next) && is_digit(text_[at_ - 1])) return true;
    const bool clock = next == ':' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]);
    const std::size_t begin = number.span.begin;
    return clock || (begin > 1 && text_[begin - 1] == ':' && is_digit(text_[begin - 2]));
  }

  Counted counted_by(std::size_t at) const {
    constexpr int kMostWords = 4;
    for (int word = 0; word < kMostWords && at < text_.size(); ++word) {
      if (text_[at] == ' ' || text_[at] == '-') ++at;
      if (transaction_words().match_at(text_, at) > 0) return Counted::transactions;
      if (counted_words().match_at(text_, at) > 0) return Counted::other;
      if (at >= text_.size() || !is_letter(text_[at]) || prepositions().match_at(text_, at) > 0) break;
      for (int size = 0; at < text_.size() && is_letter(text_[at]) && size < 20; ++size) ++at;
    }
    return Counted::unsaid;
  }

  bool is_year(const NumberInAnswer& number, std::size_t size) const {
    if (size != 4 || number.minor < 190'000 || number.minor > 219'900) return false;
    std::string_view before = text_.substr(0, number.span.begin);
    if (before.ends_with(' ')) before.remove_suffix(1);
    return year_leads().match_end(before) > 0;
  }

  /// "1. " or "2) " at the start of a line that goes on in words.
  bool is_list_mark(const NumberInAnswer& number) const {
    if (number.minor < 0 || number.minor > 3000) return false;
    std::size_t before = number.span.begin;
    while (before > 0 && number.span.begin - before < 4 &&
           (text_[before - 1] == ' ' || text_[before - 1] == '-'))
      --before;
    if (before > 0 && text_[before - 1] != '\n') return false;
    std::size_t at = number.span.end;
    if (at >= text_.size() || (text_[at] != '.' && text_[at] != ')' && text_[at] != ',')) return false;
    ++at;
    while (at < text_.size() && text_[at] == ' ') ++at;
    return at < text_.size() && (is_letter(text_[at]) || static_cast<unsigned char>(text_[at]) >= 0xE3);
  }

  std::string_view text_;
  std::span<const DateInAnswer> dates_;
  DigitStyle style_;
  std::size_t at_ = 0;
  std::size_t date_ = 0;
  bool words_ = false;  ///< the number at hand is a small one, spelled
  std::vector<NumberInAnswer> numbers_;
};

}  // namespace

std::vector<NumberInAnswer> numbers_in_answer(const AnswerText& answer, std::span<const DateInAnswer> dates,
                                              DigitStyle style) {
  return NumberScanner(answer, dates, style).scan();
}

}  // namespace synthv1
