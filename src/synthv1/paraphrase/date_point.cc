// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/date_point.h"

namespace synthv1 {

namespace {

using enum WordRole;
using std::chrono::year_month_day;

DateRange months(int year, unsigned first, unsigned last) {
  const auto start = std::chrono::year(year) / std::chrono::month(first);
  const auto end = std::chrono::year(year) / std::chrono::month(last) / std::chrono::last;
  return {Date(year_month_day(start / 1)), Date(year_month_day(end))};
}

/// Reads tokens forward from one; each method that matches moves on.
class PointReader {
 public:
  PointReader(const std::vector<Token>& tokens, std::size_t at, PointPlace place)
      : tokens_(tokens), at_(at), place_(place) {
    point_.begin = at;
  }

  std::optional<DatePoint> read() {
    if (!read_any()) return std::nullopt;
    if (point_.is_day()) read_weekday();
    point_.end = at_;
    return point_;
  }

 private:
  WordRole role(std::size_t ahead = 0) const {
    return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead].role : word;
  }
  const Token& token(std::size_t ahead = 0) const { return tokens_[at_ + ahead]; }
  bool glued(std::size_t ahead) const { return at_ + ahead < tokens_.size() && tokens_[at_ + ahead].glued; }

  bool skip(WordRole wanted) {
    if (role() != wanted) return false;
    ++at_;
    return true;
  }

  bool year_at(std::size_t ahead) const {
    return role(ahead) == number && token(ahead).digits == 4 && token(ahead).value >= 1000;
  }
  bool small_at(std::size_t ahead) const { return role(ahead) == number && token(ahead).digits <= 2; }

  bool read_any() {
    switch (role()) {
      case number:
        return read_number();
      case ordinal:
        return read_ordinal();
      case month_name:
        return read_month_name();
      case quarter:
        return point_.quarter = token().value, ++at_, read_year(), true;
      case half:
        return point_.half = token().value, ++at_, read_year(), true;
      case ordinal_mark:
        return ++at_, read_numbered_quarter();
      case quarter_word:
        return ++at_, small_at(0) && read_quarter_number();
      default:
        return false;
    }
  }

  bool read_number() {
    if (year_at(0)) return read_year_first();
    if (!small_at(0)) return false;
    if (role(1) == month_mark) return read_chinese_month();
    if (role(1) == day_mark) return read_chinese_day();
    if (role(1) == quarter_word) return read_numbered_quarter();
    if (slashed()) return read_slashed();
    return read_day_first();
  }

  /// 2024-01-15, 2024-01, 2024年..., 2024 Q1, 2024
  bool read_year_first() {
    point_.year = token().value;
    if (role(1) == year_word && (glued(1) || role(2) != of)) return at_ += 2, read_behind_year();
    const WordRole mark = role(1);
    const bool marked = (mark == dash || mark == slash || mark == point) && glued(1) && glued(2);
    if (marked && small_at(2) && token(2).value <= 12) return read_iso(mark);
    ++at_;
    if (marked && (role(1) == quarter || role(1) == half)) ++at_;
    if (skip(quarter)) point_.quarter = tokens_[at_ - 1].value;
    if (skip(half)) point_.half = tokens_[at_ - 1].value;
    return true;
  }

  bool read_iso(WordRole mark) {
    point_.month = token(2).value;
    at_ += 3;
    if (role() != mark || !glued(0) || !glued(1) || !small_at(1)) return true;
    point_.day = token(1).value;
    at_ += 2;
    return true;
  }

  /// What stands behind 2024年: 整个1月, 1月15日, 第一季度, 上半年, Q1, or nothing; 1至 of 1至3月.
  bool read_behind_year() {
    const std::size_t here = at_;
    while (role() == span_word) ++at_;
    const bool numbers =
        small_at(0) && (role(1) == link || role(1) == dash) && small_at(2) && role(3) == month_mark;
    if (numbers) return point_.month = token().value, ++at_, true;
    if (small_at(0) && role(1) == month_mark) return read_chinese_month();
    if (small_at(0) && role(1) == quarter_word) return read_numbered_quarter();
    if (role() == ordinal_mark && small_at(1) && role(2) == quarter_word)
      return ++at_, read_numbered_quarter();
    if (skip(quarter)) return point_.quarter = tokens_[at_ - 1].value, true;
    if (skip(half)) return point_.half = tokens_[at_ - 1].value, true;
    at_ = here;
    return true;
  }

  /// 1月, 1月15日
  bool read_chinese_month() {
    point_.month = token().value;
    at_ += 2;
    if (small_at(0) && role(1) == day_mark) return read_chinese_day();
    return true;
  }

  bool read_chinese_day() {
    point_.day = token().value;
    at_ += 2;
    return true;
  }

  bool read_numbered_quarter() {
    if (!small_at(0) || role(1) != quarter_word) return false;
    point_.quarter = token().value;
    at_ += 2;
    return true;
  }

  /// "quarter 1 of 2024"
  bool read_quarter_number() {
    point_.quarter = token().value;
    ++at_;
    read_year();
    return true;
  }

  bool slashed() const {
    return role(1) == slash && small_at(2) && role(3) == slash && year_at(4) && glued(1) && glued(2) &&
           glued(3);
  }

  /// 01/15/2024: the larger number is the day, where that is certain.
  bool read_slashed() {
    const unsigned first = token().value, second = token(2).value;
    point_.ambiguous = first <= 12 && second <= 12 && first != second;
    point_.month = first <= 12 ? first : second;
    point_.day = first <= 12 ? second : first;
    point_.year = token(4).value;
    at_ += 5;
    return true;
  }

  /// "15 January 2024", "15th of January"; else a bare number.
  bool read_day_first() {
    point_.day = token().value;
    ++at_;
    const std::size_t here = at_;
    skip(of);
    skip(span_word);
    if (skip(month_name)) {
      point_.month = tokens_[at_ - 1].value;
      skip_abbreviation_point();
      read_year();
      return true;
    }
    at_ = here;
    point_.number = true;
    if (place_ == PointPlace::last) read_year();
    return true;
  }

  /// "first quarter of 2024", "second half of 2024", "5th of January 2024"
  bool read_ordinal() {
    const unsigned value = token().value;
    if (role(1) == quarter_word || role(1) == half_word) {
      (role(1) == quarter_word ? point_.quarter : point_.half) = value;
      at_ += 2;
      read_year();
      return true;
    }
    return read_day_first();
  }

  /// "January 15, 2024", "January 2024", "January"
  bool read_month_name() {
    point_.month = token().value;
    ++at_;
    skip_abbreviation_point();
    const std::size_t here = at_;
    if (role() == span_word) ++at_;
    if (small_at(0) || role() == ordinal) {
      point_.day = token().value;
      ++at_;
    } else {
      at_ = here;
    }
    read_year();
    return true;
  }

  void skip_abbreviation_point() {
    const bool full_stop =
        role() == stop && at_ + 1 < tokens_.size() && (small_at(1) || year_at(1) || role(1) == ordinal);
    if ((role() == point || full_stop) && token().glued && tokens_[at_ - 1].length <= 4) ++at_;
  }

  /// ", 2024", "of 2024", "in the year 2024", "2024"; stays where there is none.
  void read_year() {
    const std::size_t here = at_;
    while (role() == comma || role() == of || role() == span_word || role() == year_word || role() == dash)
      ++at_;
    const bool date_follows = role(1) == dash && glued(1) && glued(2) && small_at(2);
    if (year_at(0) && !date_follows && role(1) != year_word) {
      point_.year = token().value;
      ++at_;
    } else {
      at_ = here;
    }
  }

  /// "(Monday)", 周一
  void read_weekday() {
    const bool bracketed = role() == bracket && role(1) == weekday;
    if (bracketed) ++at_;
    if (role() != weekday) return;
    point_.weekday = token().value;
    ++at_;
    if (bracketed) skip(bracket);
  }

  const std::vector<Token>& tokens_;
  std::size_t at_;
  PointPlace place_;
  DatePoint point_;
};

}  // namespace

std::optional<DateRange> DatePoint::range() const {
  if (year == 0 || month > 12 || quarter > 4 || half > 2) return std::nullopt;
  if (half > 0) return months(year, 6 * half - 5, 6 * half);
  if (quarter > 0) return months(year, 3 * quarter - 2, 3 * quarter);
  if (month == 0) return day == 0 ? std::optional(months(year, 1, 12)) : std::nullopt;
  if (day == 0) return months(year, month, month);
  const year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return DateRange{Date(date), Date(date)};
}

std::optional<DatePoint> read_point(const std::vector<Token>& tokens, std::size_t at, PointPlace place) {
  return PointReader(tokens, at, place).read();
}

}  // namespace synthv1
