// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/dates_in_answer.h"

#include "synthv1/base/text.h"
#include "synthv1/evaluate/numbers.h"

#include <array>
#include <chrono>
#include <optional>

namespace synthv1 {

namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;
constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};

const PhraseSet& currency_words() {
  static const PhraseSet words = {"yuan", "rmb", "cny", "usd", "dollar*", "buck*", "元", "块", "圆", "¥"};
  return words;
}

bool plausible(int year) { return year >= kFirstYear && year <= kLastYear; }

/// Reads one date piece by piece; what does not match is not taken.
class DateReader {
 public:
  DateReader(const AnswerText& answer, std::size_t at) : answer_(answer), text_(answer.lower), at_(at) {}

  std::optional<DateInAnswer> read() {
    const std::size_t start = at_;
    date_.span.begin = start;
    const bool letter = is_letter(text_[at_]);
    const bool found = letter ? month_name_first() : digits_first();
    if (!found) return std::nullopt;
    if (!exists()) return std::nullopt;
    if (date_.month > 0 && date_.day > 0) read_range_end();
    date_.span.end = at_;
    return date_;
  }

 private:
  bool digits_first() {
    const std::size_t start = at_;
    using Form = bool (DateReader::*)();
    for (const Form form : {&DateReader::chinese, &DateReader::year_first, &DateReader::year_last,
                            &DateReader::day_then_name, &DateReader::two_numbers}) {
      at_ = start;
      date_ = {.span = {.begin = start}};
      if ((this->*form)()) return true;
    }
    return false;
  }

  /// 2024年3月5日, 3月5日, 二〇二四年三月, 2024年
  bool chinese() {
    const std::size_t start = at_;
    if (year_number() && skip("年")) {
      skip(" ");
      const std::size_t behind_year = at_;
      if (!chinese_month()) at_ = behind_year - (text_[behind_year - 1] == ' ' ? 1 : 0);
      return true;
    }
    at_ = start;
    date_.year = 0;
    return chinese_month();
  }

  bool chinese_month() {
    const auto month = small_number();
    if (!month || !skip("月")) return false;
    date_.month = *month;
    skip("份");
    const std::size_t behind_month = at_;
    skip(" ");
    const auto day = small_number();
    if (day && (skip("日") || skip("号"))) {
      date_.day = *day;
    } else {
      at_ = behind_month;
    }
    return true;
  }

  /// 2024-03-05, 2024/3/5, 2024.3.5, 2024-03
  bool year_first() {
    if (!digits(4, 4) || !plausible(last_)) return false;
    date_.year = last_;
    for (const std::string_view mark : {"-", "/", "."}) {
      if (!skip(mark)) continue;
      if (!digits(1, 2)) return false;
      date_.month = static_cast<unsigned>(last_);
      if (skip(mark)) {
        if (!digits(1, 2)) return false;
        date_.day = static_cast<unsigned>(last_);
        return number_ends();
      }
      return mark != "." && number_ends();
    }
    return false;
  }

  /// 05/03/2024, 5.3.2024, 03/2024
  bool year_last() {
    if (!digits(1, 2)) return false;
    const auto first = static_cast<unsigned>(last_);
    for (const std::string_view mark : {"/", "-", "."}) {
      if (!skip(mark)) continue;
      if (mark == "/" && digits(4, 4)) return date_.month = first, take_year() && number_ends();
      if (!digits(1, 2)) return false;
      const auto second = static_cast<unsigned>(last_);
      if (!skip(mark) || !digits(4, 4) || !take_year()) return false;
      set_day_and_month(first, second);
      return number_ends();
    }
    return false;
  }

  /// 3/5
  bool two_numbers() {
    if (!digits(1, 2)) return false;
    const auto first = static_cast<unsigned>(last_);
    if (!skip("/") || !digits(1, 2)) return false;
    set_day_and_month(first, static_cast<unsigned>(last_));
    return number_ends() && !text_.substr(at_).starts_with('/');
  }

  void set_day_and_month(unsigned first, unsigned second) {
    date_.month = first > 12 ? second : first;
    date_.day = first > 12 ? first : second;
    date_.ambiguous = first <= 12 && second <= 12 && first != second;
  }

  /// 5(th) (of) March(,) 2024
  bool day_then_name() {
    if (!digits(1, 2)) return false;
    date_.day = static_cast<unsigned>(last_);
    ordinal();
    if (!skip(" ") && !skip("-")) return false;
    skip("of ");
    if (!month_name()) return false;
    read_year();
    return true;
  }

  /// March 5(th)(,) 2024, March 2024, March
  bool month_name_first() {
    const std::size_t start = at_;
    if (!month_name()) return false;
    const std::size_t behind_name = at_;
    const bool capital = answer_.shown[start] != text_[start];
    if (read_year()) return true;
    if ((skip(" ") || skip("-")) && (skip("the "), digits(1, 2)) && (ordinal(), day_ends())) {
      date_.day = static_cast<unsigned>(last_);
      read_year();
      return true;
    }
    at_ = behind_name;
    return capital;
  }

  /// A year behind a month or day, where it is one and no amount.
  bool read_year() {
    const std::size_t before = at_;
    skip(",");
    skip(" ");
    skip("of ");
    if (at_ > before && digits(4, 4) && take_year() && day_ends()) return true;
    at_ = before;
    date_.year = 0;
    return false;
  }

  /// "to 5", "-5", "至5日": the end of a range that lies in the same month.
  void read_range_end() {
    const std::size_t before = at_;
    const bool linked = skip("-") || skip("~") || skip(" - ") || skip(" to ") || skip(" through ") ||
                        skip("至") || skip("到");
    skip("the ");
    if (linked && digits(1, 2) && (ordinal(), skip("日") || skip("号") || day_ends())) {
      date_.range = true;
      if (date_.year == 0) read_year();
      return;
    }
    at_ = before;
  }

  /// Whether the number behind us ends here and is no amount.
  bool number_ends() const {
    if (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '%')) return false;
    return !(at_ + 1 < text_.size() && (text_[at_] == '.' || text_[at_] == ',') && is_digit(text_[at_ + 1]));
  }

  bool day_ends() const {
    if (!number_ends()) return false;
    const std::size_t space = at_ < text_.size() && text_[at_] == ' ' ? 1 : 0;
    if (at_ < text_.size() && text_[at_] == ':') return false;
    return currency_words().match_at(text_, at_ + space) == 0;
  }

  bool exists() const {
    if (date_.month == 0) return date_.day == 0;
    if (date_.month > 12) return false;
    const std::chrono::year_month_day day{std::chrono::year(date_.year > 0 ? date_.year : 2024),
                                          std::chrono::month(date_.month),
                                          std::chrono::day(date_.day > 0 ? date_.day : 1)};
    return day.ok();
  }

  bool take_year() {
    date_.year = last_;
    return plausible(last_);
  }

  bool skip(std::string_view mark) {
    if (!text_.substr(at_).starts_with(mark)) return false;
    at_ += mark.size();
    return true;
  }

  bool digits(std::size_t fewest, std::size_t most) {
    const std::size_t start = at_;
    last_ = 0;
    while (at_ < text_.size() && is_digit(text_[at_]) && at_ - start <= most)
      last_ = last_ * 10 + (text_[at_++] - '0');
    if (at_ - start >= fewest && at_ - start <= most) return true;
    at_ = start;
    return false;
  }

  /// 2024 or 二〇二四
  bool year_number() {
    if (digits(4, 4)) return take_year();
    int value = 0;
    for (int i = 0; i < 4; ++i) {
      const int digit = chinese_digit(text_, at_);
      if (digit < 0) return false;
      value = value * 10 + digit;
      at_ += 3;
    }
    last_ = value;
    return take_year();
  }

  /// 1 to 31, in digits or Chinese numerals.
  std::optional<unsigned> small_number() {
    if (digits(1, 2)) return static_cast<unsigned>(last_);
    const std::string_view few = text_.substr(at_, 9);
    const bool numeral = chinese_digit(few, 0) >= 0 || few.starts_with("十");
    if (!numeral) return std::nullopt;
    const ReadNumber number = read_number(few, 0, DigitStyle::plain);
    if (number.end == 0 || !number.readable || number.minor < 100 || number.minor > 3100) return std::nullopt;
    at_ += number.end;
    return static_cast<unsigned>(number.minor / 100);
  }

  void ordinal() {
    for (const std::string_view suffix : {"st", "nd", "rd", "th"}) {
      if (skip(suffix)) return;
    }
  }

  bool month_name() {
    std::size_t size = 0;
    while (at_ + size < text_.size() && size < 10 && is_letter(text_[at_ + size])) ++size;
    const std::string_view word = text_.substr(at_, size);
    for (unsigned i = 0; i < kMonths.size(); ++i) {
      if (word != kMonths[i] && word != kMonths[i].substr(0, 3) && !(i == 8 && word == "sept")) continue;
      at_ += size;
      if (size < 5 && word != kMonths[i]) skip(".");
      date_.month = i + 1;
      return true;
    }
    return false;
  }

  const AnswerText& answer_;
  std::string_view text_;
  std::size_t at_;
  int last_ = 0;  ///< the digits read last
  DateInAnswer date_;
};

/// Whether a date can begin here: at a number, or a word that begins like a month.
bool may_begin(std::string_view text, std::size_t at) {
  const char c = text[at];
  const char before = at > 0 ? text[at - 1] : ' ';
  if (is_digit(c)) return !is_digit(before) && !is_letter(before) && before != '.' && before != '/';
  if (is_letter(c)) {
    if (is_letter(before)) return false;
    return c == 'j' || c == 'f' || c == 'm' || c == 'a' || c == 's' || c == 'o' || c == 'n' || c == 'd';
  }
  if (static_cast<unsigned char>(c) < 0xE3) return false;
  if (at >= 3 && (chinese_digit(text, at - 3) >= 0 || text.substr(at - 3, 3) == "十")) return false;
  return chinese_digit(text, at) >= 0 || text.substr(at).starts_with("十");
}

}  // namespace

std::vector<DateInAnswer> dates_in_answer(const AnswerText& answer) {
  std::vector<DateInAnswer> dates;
  const std::string_view text = answer.lower;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!may_begin(text, at)) continue;
    const auto date = DateReader(answer, at).read();
    if (!date) continue;
    dates.push_back(*date);
    at = date->span.end - 1;
  }
  return dates;
}

}  // namespace synthv1
