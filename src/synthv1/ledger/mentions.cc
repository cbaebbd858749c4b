// SPDX-License-Identifier: Apache-2.0
#include "synthv1/ledger/mentions.h"

#include "synthv1/base/find_byte.h"
#include "synthv1/base/text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace synthv1 {

namespace {

constexpr std::size_t kMaxDigits = 15;

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Reads a text from left to right, full-width digits and points as plain ones.
class Cursor {
 public:
  explicit Cursor(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  std::string_view rest() const { return text_.substr(at_); }
  std::string_view before() const { return text_.substr(0, at_); }

  /// The digit here, or -1; and how many bytes it takes.
  int digit() const { return digit_at(at_); }
  std::size_t digit_size() const { return static_cast<unsigned char>(text_[at_]) < 0x80 ? 1 : 3; }
  void skip(std::size_t bytes) { at_ += bytes; }

  /// Moves behind a run of digits and appends them to `digits`.
  std::size_t read_digits(std::string& digits) {
    std::size_t count = 0;
    for (int d = digit(); d >= 0; d = digit(), ++count) {
      digits.push_back(static_cast<char>('0' + d));
      at_ += digit_size();
    }
    return count;
  }

  /// Whether a '.' (or its full-width form) and a digit come next; its size, or 0.
  std::size_t point_before_digit() const {
    const std::size_t size = rest().starts_with('.') ? 1 : rest().starts_with("．") ? 3 : 0;
    return size > 0 && digit_at(at_ + size) >= 0 ? size : 0;
  }

  /// Whether a comma and exactly three digits come next.
  bool thousands_group() const {
    if (!rest().starts_with(',')) return false;
    Cursor ahead(text_, at_ + 1);
    std::string digits;
    return ahead.read_digits(digits) == 3;
  }

 private:
  int digit_at(std::size_t at) const {
    if (at >= text_.size()) return -1;
    const char c = text_[at];
    if (is_digit(c)) return c - '0';
    if (c != '\xef' || at + 2 >= text_.size() || text_[at + 1] != '\xbc') return -1;
    const int d = static_cast<unsigned char>(text_[at + 2]) - 0x90;
    return d >= 0 && d <= 9 ? d : -1;
  }

  std::string_view text_;
  std::size_t at_;
};

/// The first digit at or behind `from`; the text's size where there is none.
std::size_t find_digit(std::string_view text, std::size_t from) {
  const auto may_begin_digit = [](Bytes bytes) { return ByteMask((bytes - '0' < 10) | (bytes == 0xef)); };
  std::size_t at = find_byte(text, from, may_begin_digit);
  while (at < text.size() && Cursor(text, at).digit() < 0) at = find_byte(text, at + 1, may_begin_digit);
  return at;
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.starts_with(word); });
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.ends_with(word); });
}

std::string_view without_leading_space(std::string_view text) {
  if (text.starts_with(' ')) text.remove_prefix(1);
  if (text.starts_with("\u00a0")) text.remove_prefix(2);
  return text;
}

std::string_view without_trailing_space(std::string_view text) {
  if (text.ends_with(' ')) text.remove_suffix(1);
  if (text.ends_with("\u00a0")) text.remove_suffix(2);
  return text;
}

/// The currency word that `text` begins with, as a whole word; its size, or 0.
std::size_t leading_word(std::string_view text) {
  for (const std::string_view word : {"yuan", "rmb", "cny"}) {
    if (!equal_ignoring_case(text.substr(0, word.size()), word)) continue;
    if (text.size() == word.size() || !is_letter(text[word.size()])) return word.size();
  }
  return 0;
}

bool ends_with_word(std::string_view text) {
  for (const std::string_view word : {"yuan", "rmb", "cny"}) {
    if (text.size() < word.size()) continue;
    const std::size_t start = text.size() - word.size();
    if (!equal_ignoring_case(text.substr(start), word)) continue;
    if (start == 0 || !is_letter(text[start - 1])) return true;
  }
  return false;
}

bool currency_before(std::string_view before) {
  const std::string_view text = without_trailing_space(before);
  return ends_with_any(text, {"¥", "￥", "$", "＄"}) || ends_with_word(text);
}

bool currency_after(std::string_view after) {
  const std::string_view text = without_leading_space(after);
  return starts_with_any(text, {"¥", "￥", "$", "＄", "元", "块"}) || leading_word(text) > 0;
}

/// How an amount goes on behind its unit: the 5 of 45块5 or the 50 of 45块50, one or two digits that end the
/// number.
struct Tail {
  std::size_t size = 0;  ///< bytes with the unit; 0: it does not go on
  std::int64_t minor = 0;
};

Tail read_tail(std::string_view after) {
  const std::string_view unit = after.starts_with("块钱") ? "块钱" : after.starts_with("块") ? "块" : "元";
  if (!after.starts_with(unit)) return {};
  Cursor cursor(after, unit.size());
  std::string digits;
  const std::size_t count = cursor.read_digits(digits);
  if (count < 1 || count > 2 || cursor.point_before_digit() > 0) return {};
  return {.size = cursor.at(), .minor = std::stoi(digits) * (count == 1 ? 10 : 1)};
}

/// Behind a number: does it belong to a larger thing that is no amount (a date, a time, a percentage, a
/// word)?
bool belongs_to_more(std::string_view before, std::string_view after) {
  if (starts_with_any(after,
                      {"%", "％", "年", "月", "日", "号", "点", "万", "千", "百", "亿", "折", ":", "："})) {
    if (!starts_with_any(after, {":", "："})) return true;
    return Cursor(after, after.starts_with(':') ? 1 : 3).digit() >= 0;
  }
  if (!after.empty() && is_letter(after.front()) && leading_word(after) == 0) return true;
  if (!before.empty() && is_letter(before.back()) && !ends_with_word(before)) return true;
  if (before.ends_with('.') || before.ends_with("．"))
    return before.size() == 1 || before[before.size() - 2] != '.';
  const bool clock = before.ends_with(':') || before.ends_with("：");
  const std::size_t mark = before.ends_with(':') ? 1 : 3;
  return clock && before.size() > mark && is_digit(before[before.size() - mark - 1]);
}

/// One number from a cursor that stands at its first digit; the cursor ends behind it.
NumberMention read_number(std::string_view text, Cursor& cursor) {
  NumberMention mention{.offset = static_cast<std::uint32_t>(cursor.at())};
  const std::string_view before = cursor.before();
  std::string digits;
  std::size_t group = cursor.read_digits(digits);
  while (group <= 3 && cursor.thousands_group()) {
    cursor.skip(1);
    group = cursor.read_digits(digits);
  }
  std::string decimals;
  if (const std::size_t point = cursor.point_before_digit()) {
    cursor.skip(point);
    cursor.read_digits(decimals);
  }
  bool longer = false;
  while (const std::size_t point = cursor.point_before_digit()) {  // 1.2.3 is a version, not a number
    cursor.skip(point);
    cursor.read_digits(digits);
    longer = true;
  }
  mention.length = static_cast<std::uint32_t>(cursor.at() - mention.offset);
  const std::string_view after = text.substr(cursor.at());
  if (longer || digits.size() > kMaxDigits || decimals.size() > 2) return mention;
  digits.append(decimals).append(2 - decimals.size(), '0');
  std::int64_t minor = 0;
  for (const char c : digits) minor = minor * 10 + (c - '0');
  mention.value = Money::from_minor(minor);
  const bool more = belongs_to_more(before, after);
  const Tail tail = decimals.empty() ? read_tail(after) : Tail{};
  mention.states = !more && tail.size == 0;
  mention.money = !more && (decimals.size() == 2 || currency_before(before) || currency_after(after));
  if (tail.size == 0 || more) return mention;
  mention.value += Money::from_minor(tail.minor);
  cursor.skip(tail.size);
  mention.length = static_cast<std::uint32_t>(cursor.at() - mention.offset);
  return mention;
}

constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};

/// Matches a date piece by piece; every method moves on where it matches and says whether it did.
class DateReader {
 public:
  DateReader(std::string_view text, std::size_t at) : text_(text), cursor_(text, at) {}

  std::optional<DateMention> read() {
    const std::size_t start = cursor_.at();
    const bool found = year_first() || (rewind(start), month_first()) || (rewind(start), day_first());
    if (!found) return std::nullopt;
    const std::chrono::year_month_day day{std::chrono::year(year_), std::chrono::month(month_),
                                          std::chrono::day(day_)};
    if (year_ < 1 || !day.ok()) return std::nullopt;
    return DateMention{.offset = static_cast<std::uint32_t>(start),
                       .length = static_cast<std::uint32_t>(cursor_.at() - start),
                       .date = Date(day)};
  }

 private:
  void rewind(std::size_t at) { cursor_ = Cursor(text_, at); }

  /// 2024-01-15, 2024/1/15, 2024.1.15, 2024年1月15日
  bool year_first() {
    if (!year()) return false;
    for (const std::string_view mark : {"-", "/", "."}) {
      if (skip(mark)) return month_number() && skip(mark) && day_number();
    }
    return skip("年") && (skip(" "), month_number()) && skip("月") && (skip(" "), day_number()) &&
           (skip("日") || skip("号"));
  }

  /// January 15(th), 2024
  bool month_first() {
    if (!month_name() || !skip(" ") || !day_number()) return false;
    ordinal();
    skip(",");
    return skip(" ") && year();
  }

  /// 15(th) (of) January 2024
  bool day_first() {
    if (!day_number()) return false;
    ordinal();
    if (!skip(" ")) return false;
    skip("of ");
    if (!month_name()) return false;
    skip(",");
    return skip(" ") && year();
  }

  bool skip(std::string_view mark) {
    if (!cursor_.rest().starts_with(mark)) return false;
    cursor_.skip(mark.size());
    return true;
  }

  std::optional<unsigned> number(std::size_t fewest, std::size_t most) {
    std::string digits;
    const std::size_t count = cursor_.read_digits(digits);
    if (count < fewest || count > most) return std::nullopt;
    return static_cast<unsigned>(std::stoul(digits));
  }

  bool year() {
    const auto value = number(4, 4);
    year_ = static_cast<int>(value.value_or(0));
    return value.has_value();
  }
  bool month_number() {
    const auto value = number(1, 2);
    month_ = value.value_or(0);
    return value.has_value();
  }
  bool day_number() {
    const auto value = number(1, 2);
    day_ = value.value_or(0);
    return value.has_value();
  }

  void ordinal() {
    for (const std::string_view suffix : {"st", "nd", "rd", "th"}) {
      if (skip(suffix)) return;
    }
  }

  bool month_name() {
    const std::string_view rest = cursor_.rest();
    std::size_t size = 0;
    while (size < rest.size() && is_letter(rest[size])) ++size;
    const std::string word = lower_ascii(rest.substr(0, size));
    for (unsigned i = 0; i < kMonths.size(); ++i) {
      if (word != kMonths[i] && word != kMonths[i].substr(0, 3)) continue;
      cursor_.skip(size);
      if (size == 3) skip(".");
      month_ = i + 1;
      return true;
    }
    return false;
  }

  std::string_view text_;
  Cursor cursor_;
  int year_ = 0;
  unsigned month_ = 0, day_ = 0;
};

/// Whether four digits follow each other in a number: every full date has a year.
bool may_hold_year(std::string_view text, const NumberMention& number) {
  int run = 0;
  Cursor cursor(text, number.offset);
  while (run < 4 && cursor.at() < number.offset + number.length) {
    const bool digit = cursor.digit() >= 0;
    cursor.skip(digit ? cursor.digit_size() : 1);
    run = digit ? run + 1 : 0;
  }
  return run == 4;
}

/// Whether a date can begin here: at a digit or at a word that begins like a month.
bool date_may_begin(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (!is_digit(c) && !is_letter(c) && c != '\xef') return false;
  if (at > 0 && (is_letter(text[at - 1]) || is_digit(text[at - 1]))) return false;
  if (at >= 3 && text[at - 3] == '\xef' && Cursor(text, at - 3).digit() >= 0) return false;  // full width
  if (!is_letter(c)) return Cursor(text, at).digit() >= 0;
  return std::any_of(kMonths.begin(), kMonths.end(), [&](std::string_view month) {
    return lower_ascii(c) == month[0] && equal_ignoring_case(text.substr(at, 3), month.substr(0, 3));
  });
}

}  // namespace

std::vector<DateMention> scan_dates(std::string_view text) {
  std::vector<DateMention> dates;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!date_may_begin(text, at)) continue;
    const auto date = DateReader(text, at).read();
    if (!date) continue;
    dates.push_back(*date);
    at += date->length - 1;
  }
  return dates;
}

Mentions scan_mentions(std::string_view text) {
  Mentions mentions;
  bool may_hold_date = false;
  for (std::size_t at = find_digit(text, 0); at < text.size(); at = find_digit(text, at)) {
    Cursor cursor(text, at);
    mentions.numbers.push_back(read_number(text, cursor));
    at = cursor.at();
    may_hold_date = may_hold_date || may_hold_year(text, mentions.numbers.back());
  }
  if (may_hold_date) mentions.dates = scan_dates(text);
  auto date = mentions.dates.begin();  // the first that does not end before the number
  for (NumberMention& number : mentions.numbers) {
    while (date != mentions.dates.end() && date->offset + date->length <= number.offset) ++date;
    if (date == mentions.dates.end()) break;
    if (date->offset <= number.offset) number.states = number.money = false;
  }
  return mentions;
}

}  // namespace synthv1
